// Agents over API version 3: profiles that can be changed, deleted and brought back, and what each takes.
import { Problem } from './problem';
import type { Row } from './version3Filters';
import type { Call3, Route3 } from './version3';
import type { Store3 } from './version3Writes';

/** Agents as version 3 shows and changes them. */
export class Agents3 {
	/** What was changed over version 3, by agent. */
	private readonly changes = new Map<string, Row>();

	constructor(private readonly store: Store3) {}

	/** All agents, the deleted ones too. */
	rows(): Row[] {
		return this.store.account.agents.list().map((row) => ({
			id: row.id,
			name: `${row.firstName} ${row.lastName}`,
			email: row.email,
			role: 'agent',
			gender: row.gender,
			online_status: row.online === '' ? 'F' : 'N',
			status: 'A',
			voice_status: 'N',
			...this.changes.get(row.id),
		}));
	}

	/** Reads and writes of single agents. */
	routes(): Route3[] {
		const { account, carryOut } = this.store;
		const action = (path: string, kind: string, change: (call: Call3) => Row): Route3 => ({
			method: 'POST',
			path: `/agents/{agentId}/${path}`,
			handle: (call) => {
				this.change(this.find(call), change(call));
				carryOut(`agent.${kind}`, { ...call.params, ...call.query });
				return { body: {} };
			},
		});
		return [
			{ method: 'GET', path: '/agents/{agentId}', handle: (call) => ({ body: this.find(call) }) },
			{
				method: 'PUT',
				path: '/agents/{agentId}',
				handle: (call) => {
					checkPerson(call.body);
					const { id, status } = this.find(call);
					// A whole record: what is left out gets its default.
					this.changes.set(String(id), { role: 'agent', gender: 'X', status, ...call.body });
					carryOut('agent.update', call.body);
					return { body: this.find(call) };
				},
			},
			{
				method: 'DELETE',
				path: '/agents/{agentId}',
				handle: (call) => {
					this.change(this.find(call), { status: 'X' });
					carryOut('agent.delete', call.params);
					return { body: {} };
				},
			},
			{
				method: 'POST',
				path: '/agents/undelete',
				handle: ({ body }) => {
					checkPerson(body);
					const found = this.rows().find(({ email, status }) => email === body.email && status === 'X');
					if (found === undefined) throw new Problem(404, 'Agent not found');
					carryOut('agent.undelete', body);
					return { body: this.change(found, { status: 'A' }) };
				},
			},
			{
				method: 'POST',
				path: '/agents/convert',
				handle: ({ body }) => {
					checkPerson(body);
					const visitor = account.customers.list().find(({ email, role }) => email === body.email && role === 'R');
					if (visitor === undefined) throw new Problem(404, 'Visitor not found');
					const [firstName, ...rest] = String(body.name).split(' ');
					const { id } = account.addAgent({ email: visitor.email, firstName, lastName: rest.join(' ') });
					carryOut('agent.convert', body);
					return { body: this.rows().find((row) => row.id === id) };
				},
			},
			action('_logout', 'logOut', () => ({ online_status: 'F' })),
			action('_pause', 'pause', () => ({ online_status: 'P' })),
			action('updateVoiceStatus', 'setVoiceStatus', ({ query }) => ({ voice_status: query.voiceStatus })),
		];
	}

	private find({ params }: Call3): Row {
		const found = this.rows().find(({ id }) => id === params.agentId);
		if (found === undefined) throw new Problem(404, 'Agent not found');
		return found;
	}

	private change({ id }: Row, values: Row): Row {
		this.changes.set(String(id), { ...this.changes.get(String(id)), ...values });
		return this.rows().find((row) => row.id === id)!;
	}
}

function checkPerson({ name, email }: Row): void {
	if (!name || !email) throw new Problem(400, 'name and email are needed');
}
