import { type Bench, inputItems } from '../bench';
import { fieldCount, writeParameters } from '../fields';
import { type Figure, written } from '../figure';
import { alternate } from './alternate';

/** Creates without a limit, against the HTTP Request node that sends the same form. */
export async function creates(bench: Bench): Promise<Figure[]> {
	const count = bench.extent.isQuick ? 500 : 2_000;
	const { runs } = bench;
	const baseline = { what: `HTTP Request with ${fieldCount} expressions`, nodes: [runs.httpCreateByFields()], items: count };
	const ways = [
		{
			what: `${written(count)} creates, Map Automatically`,
			goal: 0.5,
			nodes: [runs.own(writeParameters.automatic)],
			items: count,
		},
		{
			what: `${written(count)} creates, ${fieldCount} expressions`,
			goal: 1,
			nodes: [runs.own(writeParameters.allExpressions)],
			items: count,
		},
		{
			what: `${written(count)} creates by HTTP Request, one expression for the body`,
			nodes: [runs.httpCreateByOneExpression()],
			items: count,
			isOther: true,
		},
	];
	return await alternate(bench, baseline, ways, inputItems(count));
}
