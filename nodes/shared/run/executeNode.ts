import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation, Resource } from '../definition/operation';
import type { ItemOutcome, RunItem } from '../definition/outcome';
import type { Vendor } from '../definition/vendor';
import { chooseApi } from '../http/api';
import { connect } from '../http/connection';
import { unmappedKeys } from '../input/unmappedKeys';
import { ParameterReader } from '../input/parameters';
import { prepareItem } from '../input/prepareItem';
import { itemsOf, readerOf } from '../output/answers';
import { addHint, addPaceHint, waitedMilliseconds } from '../output/hints';
import { runApiRequest } from './apiRequest';
import { apiRequestName, apiRequestResource } from './apiRequestResource';
import { runBulk } from './bulk';
import { EngineRun } from './engineRun';
import { asNodeFailure, failuresOf, outputOf, throwFirst, throwRefused, withEarlierTry } from './itemOutcome';
import { forModel } from './modelAnswer';
import { withNameAdvice } from './nameAdvice';
import { readAnswer } from './readAnswer';
import { findRecordNames } from './recordNames';
import { checkResultOptions } from './resultOptions';
import { runEach } from './runItems';
import { fileItem, listItem, sendItem, showRows } from './sendItem';

/**
 * Runs the chosen operation for all input items.
 * All items are checked before the first request; every output item is paired with its input item.
 */
export async function executeNode(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const inputs = context.getInputData();
	const { resource, operation: chosen } = chosenOperation(context, vendor);
	const tenant = await connect(context, vendor);
	const { connection, operation } = chooseApi(tenant, resource, chosen);
	const reader = new ParameterReader(context);
	const run = new EngineRun(context, connection, resource, operation, reader);
	const waitedBefore = waitedMilliseconds(connection);
	await findRecordNames(tenant, vendor, operation, reader, inputs.length);
	const { ready, outcomes } = prepareAll(run, inputs);
	hintAtUnmappedKeys(run, ready);
	const sent = await runReady(run, ready);
	ready.forEach((item, position) => {
		if (sent[position] !== undefined) outcomes[item.index] = withEarlierTry(run, withNameAdvice(run, sent[position], item), item.index);
	});
	if (failuresOf(outcomes).length === 0) connection.ledger.forget();
	else connection.ledger.endTry();
	if (!run.continueOnFail) throwFirst(operation, outcomes, connection.ledger);
	addPaceHint(context, connection, waitedBefore, run.progress.summary(inputs.length));
	return [forModel(context.getNode(), outcomes.flatMap((outcome, index) => outputOf(outcome, index)))];
}

function chosenOperation(context: IExecuteFunctions, vendor: Vendor): { resource: Resource; operation: Operation } {
	const resourceName = context.getNodeParameter('resource', 0) as string;
	const operationName = context.getNodeParameter('operation', 0) as string;
	const resource = [...vendor.resources, apiRequestResource(vendor)].find(({ value }) => value === resourceName);
	const operation = resource?.operations.find(({ value }) => value === operationName);
	if (resource === undefined || operation === undefined) {
		throw new NodeOperationError(context.getNode(), `The operation '${operationName}' of '${resourceName}' is not known`, {
			description: 'Open the node and choose the resource and operation again.',
		});
	}
	return { resource, operation };
}

function prepareAll(run: EngineRun, inputs: INodeExecutionData[]): { ready: RunItem[]; outcomes: ItemOutcome[] } {
	const ready: RunItem[] = [];
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(inputs.length);
	inputs.forEach((input, index) => {
		try {
			const item = prepareItem(run.connection, run.operation, run.reader, input, index);
			checkResultOptions(run, index);
			ready.push(item);
		} catch (error) {
			outcomes[index] = { failure: asNodeFailure(error, run.context.getNode(), index) };
		}
	});
	if (!run.continueOnFail) throwRefused(outcomes);
	return { ready, outcomes };
}

/** Items of a run have the same keys as a rule, so the first one speaks for all. */
function hintAtUnmappedKeys({ context, operation, reader }: EngineRun, [first]: RunItem[]): void {
	const message = first === undefined ? undefined : unmappedKeys(operation, reader, first.values, first.input.json);
	if (message !== undefined) addHint(context, message);
}

async function runReady(run: EngineRun, ready: RunItem[]): Promise<ItemOutcome[]> {
	const { operation } = run;
	if (ready.length === 0) return [];
	if (run.resource.value === apiRequestName) return await runApiRequest(run, ready);
	if (operation.run !== undefined) return await operation.run(run, ready);
	if (operation.bulk !== undefined) return await runBulk(run, operation.bulk, ready);
	if (readerOf(operation).kind === 'many' && operation.retryClass === 'read') return await runEach(run, ready, async (item) => await listItem(run, item));
	return await runEach(run, ready, async (item) => {
		const answer = await sendItem(run, item);
		return await readAnswer(run, item, async () => {
			if (readerOf(operation).kind === 'binary' && !answer.isJson) return [await fileItem(run, item, answer)];
			return showRows(run, itemsOf(run.connection.vendor, operation, answer, item.values), item);
		});
	});
}
