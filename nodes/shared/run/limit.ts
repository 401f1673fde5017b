import { limitName, returnAllName } from '../definition/parameterNames';
import { InvalidValue } from '../definition/valueWriter';
import { inputError } from '../input/inputError';
import { integer } from '../input/values';
import type { EngineRun } from './engineRun';
import { isOn } from './switches';

const defaultLimit = 50;
const writeLimit = integer({ minimum: 1 });

/** Most rows that the user wants; undefined for Return All. @throws NodeOperationError for a limit that is none */
export function limitOf({ reader, context }: EngineRun, itemIndex: number): number | undefined {
	if (isOn({ reader, context }, returnAllName, itemIndex)) return undefined;
	const given = reader.read(limitName, itemIndex) ?? defaultLimit;
	try {
		return writeLimit(given === '' ? undefined : given, { inputZone: 'UTC', vendorZone: 'UTC', now: 0 }) as number | undefined ?? defaultLimit;
	} catch (error) {
		const expected = error instanceof InvalidValue ? error.expected : 'a number';
		throw inputError(context.getNode(), 'Limit', expected, itemIndex, given);
	}
}
