import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation, OperationRun, Resource } from '../definition/operation';
import type { Connection } from '../http/connection';
import type { ParameterReader } from '../input/parameters';
import { Progress } from '../output/progress';

/** One run of one operation with all that the engine knows of it. */
export class EngineRun implements OperationRun {
	readonly continueOnFail: boolean;

	readonly progress: Progress;

	constructor(
		readonly context: IExecuteFunctions,
		readonly connection: Connection,
		readonly resource: Resource,
		readonly operation: Operation,
		readonly reader: ParameterReader,
	) {
		this.continueOnFail = context.continueOnFail();
		this.progress = new Progress(context, connection, `${resource.name} > ${operation.name}`);
	}

	get vendorZone(): string {
		return this.connection.vendorZone;
	}

	now(): number {
		return this.connection.clock.now();
	}
}

/** The engine's side of a run; jobs hold its narrow side. @throws Error for a run that the engine did not make */
export function engineOf(run: OperationRun): EngineRun {
	if (run instanceof EngineRun) return run;
	throw new Error('Only the engine makes runs');
}
