import { simplifyName } from '../definition/parameterNames';
import { readerOf } from '../output/answers';
import type { EngineRun } from './engineRun';
import { limitOf } from './limit';
import { isOn, optionalSwitches } from './switches';

/**
 * Checks what says how results are returned: after a write was carried out it would be too late.
 * @throws NodeOperationError that names the parameter
 */
export function checkResultOptions(run: EngineRun, itemIndex: number): void {
	if (readerOf(run.operation).kind === 'many') limitOf(run, itemIndex);
	if (run.operation.simplify !== undefined) isOn(run, simplifyName, itemIndex);
	for (const name of optionalSwitches) isOn(run, name, itemIndex);
}
