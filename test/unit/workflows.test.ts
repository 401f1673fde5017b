// What a person sees who imports a ready-made workflow.
import { readWorkflows } from '../../scripts/n8n/workflows';
import { WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';

const workflows = ['', '/ai-agents', '/crm'].flatMap((folder) => readWorkflows(`${WORKFLOWS_FOLDER}${folder}`));

describe.each(workflows)('$file', ({ workflow: { nodes, connections } }) => {
	const typesOf = (kind: string) => nodes.filter(({ type }) => type === kind);

	test('says on a note what to change first', () => {
		expect(typesOf('n8n-nodes-base.stickyNote')).not.toEqual([]);
	});

	test('starts by hand or in the chat', () => {
		const starts = ['n8n-nodes-base.manualTrigger', '@n8n/n8n-nodes-langchain.chatTrigger'].flatMap(typesOf);
		expect(starts).toHaveLength(1);
	});

	test('connects only nodes that it has, and holds no id of a credential', () => {
		const names = nodes.map(({ name }) => name);
		expect(Object.keys(connections).filter((name) => !names.includes(name))).toEqual([]);
		const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id ?? ''));
		expect(ids.filter((id) => id !== '')).toEqual([]);
	});
});
