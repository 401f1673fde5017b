import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { ItemOutcome, NodeFailure, RunItem } from '../../shared/definition/outcome';
import { phone } from '../../shared/input/values';
import { attempt, failureOf, runEach, sendItem, showRows } from '../../shared/run/job';

/** What an answer says of a number, before it is known whether "not found" can be believed. */
type Finding =
	| { kind: 'listed'; entry: IDataObject }
	| { kind: 'notListed' }
	| { kind: 'notFound' }
	| { kind: 'unclear'; reason: string };

/** The same of one item of the run. */
type Findings = Map<RunItem, Finding>;

/** Values of the field that decides what becomes of a number of which nothing is known. */
export const whenUnknown = { stop: 'stop', giveUnknown: 'giveUnknown' } as const;

const notFoundReason =
	'UJET answered "not found", which is also what it answers when the address of the check is another one on this tenant';

const advice =
	'Do not call the number on the strength of this check. Enter a number that is on the list under Options, Known Listed Number: when UJET finds that one, "not found" is believed for the others. Or set When Unknown to Return Unknown.';

/** The vendor's digits of a number, whatever it writes between them. */
export const digitsOf = (value: unknown): string => String(value).replace(/\D/g, '');

/**
 * Looks numbers up on the do-not-call list. A number is listed, not listed or unknown: "not found" is believed only where the same run
 * found another number at the same address, because the vendor answers 404 for a wrong address too.
 */
export const checkNumbers: OperationRunner = async (run, items) => {
	const findings: Findings = new Map();
	const looked = await runEach(run, items, async (item) => {
		findings.set(item, await lookUp(run, item, item.placed.query.phone_number));
		return [];
	});
	const isProven = (await findKnown(run, items)) || [...findings.values()].some(provesAddress);
	return items.map((item, position): ItemOutcome => {
		const finding = findings.get(item);
		return finding === undefined ? looked[position] : outcomeOf(run, item, finding, isProven);
	});
};

/** True when a number that the user knows to be listed is found; one per run is enough. */
async function findKnown(run: OperationRun, items: RunItem[]): Promise<boolean> {
	const item = items.find(({ values }) => values.knownListedNumber !== undefined);
	if (item === undefined) return false;
	const context = { inputZone: run.vendorZone, vendorZone: run.vendorZone, now: run.now(), values: item.values };
	const number = phone()(item.values.knownListedNumber, context);
	const looked = await attempt(run, item.index, async () => await lookUp(run, item, number));
	return 'value' in looked && looked.value.kind === 'listed';
}

async function lookUp(run: OperationRun, item: RunItem, number: unknown): Promise<Finding> {
	const placed = { ...item.placed, query: { ...item.placed.query, phone_number: number as string } };
	const looked = await attempt(run, item.index, async () => (await sendItem(run, { ...item, placed })).body);
	if ('value' in looked) return findingOf(looked.value, number);
	if (isNotFound(looked.failure)) return { kind: 'notFound' };
	throw looked.failure;
}

/** Only an answer about this very number counts. */
function findingOf(body: unknown, number: unknown): Finding {
	if (Array.isArray(body) && body.length === 0) return { kind: 'notListed' };
	const entries = (Array.isArray(body) ? body : [body]) as Array<IDataObject | null | undefined>;
	const entry = entries.find((candidate) => digitsOf(candidate?.phone_number) === digitsOf(number));
	if (entry) return { kind: 'listed', entry };
	return { kind: 'unclear', reason: 'UJET answered without naming the number' };
}

function provesAddress({ kind }: Finding): boolean {
	return kind === 'listed' || kind === 'notListed';
}

function outcomeOf(run: OperationRun, item: RunItem, finding: Finding, isProven: boolean): ItemOutcome {
	const phone_number = item.placed.query.phone_number;
	const show = (row: IDataObject): ItemOutcome => ({ items: showRows(run, [row], item) });
	if (finding.kind === 'listed') return show({ phone_number, ...finding.entry, result: 'listed', listed: true });
	if (finding.kind === 'notListed' || (finding.kind === 'notFound' && isProven)) {
		return show({ phone_number, result: 'notListed', listed: false });
	}
	const reason = finding.kind === 'unclear' ? finding.reason : notFoundReason;
	if (item.values.whenUnknown === whenUnknown.giveUnknown) {
		return show({ phone_number, result: 'unknown', listed: null, reason });
	}
	return {
		failure: failureOf(run, {
			message: `It is unknown whether ${String(phone_number)} is on the do-not-call list: ${reason}`,
			advice,
			code: '404',
			itemIndex: item.index,
		}),
	};
}

/** True for the vendor's own 404; the 404 of a proxy or a wrong host has no words of the vendor. */
function isNotFound(failure: NodeFailure): boolean {
	return failure instanceof NodeApiError && failure.httpCode === '404' && !failure.message.startsWith('UJET answered');
}
