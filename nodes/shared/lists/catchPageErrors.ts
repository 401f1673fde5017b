/**
 * Gives the pages of a list that may break off.
 * @param failureOf asked when reading fails: gives the failure to report, or undefined where the list is to end there
 */
export async function* catchPageErrors<Page>(
	pages: AsyncGenerator<Page>,
	failureOf: (error: unknown) => unknown,
): AsyncGenerator<Page> {
	const endOrFail = (error: unknown): IteratorResult<Page, undefined> | Promise<never> => {
		const failure = failureOf(error);
		return failure === undefined ? { done: true, value: undefined } : Promise.reject(failure as Error);
	};
	try {
		for (;;) {
			const step = await pages.next().catch(endOrFail);
			if (step.done === true) return;
			yield step.value as Page;
		}
	} finally {
		await pages.return(undefined);
	}
}
