import { partialListName, secretsName, simplifyName, switchLabels } from '../definition/parameterNames';
import { InvalidValue } from '../definition/valueWriter';
import { inputError } from '../input/inputError';
import { trueFalse } from '../input/values';
import type { EngineRun } from './engineRun';

/** A switch that says how results are returned. */
type SwitchName = keyof typeof switchLabels;

/** Those that the user adds to Options. */
export const optionalSwitches: SwitchName[] = [secretsName, partialListName];

/**
 * Whether a switch is on for an item; off where the user did not add it, except Simplify.
 * @throws NodeOperationError for a value that is neither yes nor no
 */
export function isOn({ reader, context }: Pick<EngineRun, 'reader' | 'context'>, name: SwitchName, itemIndex: number): boolean {
	const given = optionalSwitches.includes(name) ? reader.readInside('options', name, itemIndex) : reader.read(name, itemIndex);
	try {
		return (trueFalse(given, { inputZone: 'UTC', vendorZone: 'UTC', now: 0 }) as boolean | undefined) ?? name === simplifyName;
	} catch (error) {
		const expected = error instanceof InvalidValue ? error.expected : 'true or false';
		throw inputError(context.getNode(), switchLabels[name], expected, itemIndex, given);
	}
}
