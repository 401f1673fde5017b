/** Reads all pages of the benchmark's list, ten at a time, and puts the rows out as they are: no check, no repetition, no pace. */
class LeastNode {
	description = {
		displayName: 'Least Node',
		name: 'leastNode',
		group: ['transform'],
		version: 1,
		description: 'Read all pages',
		defaults: { name: 'Least Node' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'iAdvizeApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Page Size', name: 'pageSize', type: 'number', default: 100 },
		],
	};

	async execute() {
		const url = this.getNodeParameter('url', 0);
		const pageSize = this.getNodeParameter('pageSize', 0);
		const read = async (page) =>
			await this.helpers.httpRequestWithAuthentication.call(this, 'iAdvizeApi', { url: `${url}?limit=${pageSize}&page=${page}` });
		const first = await read(1);
		const items = first.data.map((json) => ({ json }));
		for (let page = 2; page <= first.pagination.pages; page += 10) {
			const count = Math.min(10, first.pagination.pages - page + 1);
			const pages = await Promise.all(Array.from({ length: count }, (_, index) => read(page + index)));
			for (const { data } of pages) for (const json of data) items.push({ json });
		}
		return [items];
	}
}

module.exports = { LeastNode };
