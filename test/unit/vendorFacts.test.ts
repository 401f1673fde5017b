// Facts of the vendors' documents that stand in the tables and in no request: what is offered, what is refused, what is said.
import type { INodePropertyOptions } from 'n8n-workflow';

import { iAdvize } from '../../nodes/IAdvize/vendor';
import { indicatorOptions } from '../../nodes/IAdvize/formats/indicators';
import { ipScape } from '../../nodes/IpScape/vendor';
import { liveAgent } from '../../nodes/LiveAgent/vendor';
import type { TriggerEvent } from '../../nodes/shared/definition/events';
import type { Field, Operation } from '../../nodes/shared/definition/operation';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { describeEvent } from '../../nodes/shared/editor/apiNote';
import { describeOperation } from '../../nodes/shared/editor/nodeDescription';
import { ujet } from '../../nodes/Ujet/vendor';
import { vendors } from '../support/vendors';

function operationOf(vendor: Vendor, resource: string, value: string): Operation {
	const found = vendor.resources.find((each) => each.value === resource)?.operations.find((each) => each.value === value);
	if (found === undefined) throw new Error(`No ${resource}.${value}`);
	return found;
}

function eventOf(vendor: Vendor, value: string): TriggerEvent {
	const found = vendor.events.find((each) => each.value === value);
	if (found === undefined) throw new Error(`No event ${value}`);
	return found;
}

function fieldOf({ fields = [], optional }: Pick<Operation, 'fields' | 'optional'>, name: string): Field {
	const found = [...fields, ...(optional?.fields ?? [])].find((each) => each.name === name);
	if (found === undefined) throw new Error(`No field ${name}`);
	return found;
}

const optionsOf = ({ options = [] }: Field) => options as INodePropertyOptions[];
const valuesOf = (field: Field) => optionsOf(field).map(({ value }) => value);

const context = { inputZone: 'UTC', vendorZone: 'UTC', now: Date.parse('2030-01-01') };
const write = ({ send }: Field, value: unknown) => send?.write?.(value, context);

describe.each(vendors.map((vendor) => [vendor.displayName, vendor] as const))('%s', (_name, vendor) => {
	test('says of an event how long after the start of its record it is noticed', () => {
		const late = vendor.events.filter((event) => event.kind === 'tail' && (event.lookBackHours ?? 0) > 0);
		for (const event of late) expect(describeEvent(vendor, event)).toMatch(/noticed up to \d+ hours after the record began/);
		for (const event of vendor.events.filter((each) => !late.includes(each))) {
			expect(describeEvent(vendor, event)).not.toContain('Look Back');
		}
	});
});

describe('UJET', () => {
	test('has no way to cancel a forced logout', () => {
		const requests = ujet.resources.flatMap(({ operations }) => operations.map(({ method, path }) => `${method} ${path}`));
		expect(requests.filter((request) => request.startsWith('DELETE') && request.includes('agent_statuses'))).toEqual([]);
	});

	test('offers all activities of the log and takes new ones', () => {
		for (const field of [fieldOf(eventOf(ujet, 'agentActivity'), 'activities'), fieldOf(operationOf(ujet, 'agentActivityLog', 'getMany'), 'activities')]) {
			const wanted = ['call_notification_offered', 'call_pick_up_attempt', 'call_picked_up'];
			expect(valuesOf(field)).toEqual(expect.arrayContaining(wanted));
			expect(write(field, [...wanted, 'brought_in_later'])).toEqual([...wanted, 'brought_in_later']);
		}
	});

	test.each([
		['agentActivityLog', 'activities'],
		['call', 'statuses'],
		['chat', 'statuses'],
	])('%s: says what each of %s means', (resource, name) => {
		const options = optionsOf(fieldOf(operationOf(ujet, resource, 'getMany'), name));
		expect(options.filter(({ description = '' }) => description === '')).toEqual([]);
		expect(options.length).toBeGreaterThan(3);
	});

	test('says what each status of a campaign contact means', () => {
		const options = optionsOf(fieldOf(eventOf(ujet, 'campaignContactStatusChanged'), 'contactStatuses'));
		expect(options.filter(({ description = '' }) => description === '')).toEqual([]);
	});

	test('takes ratings from 1 to 5 and says the unit of durations', () => {
		const list = operationOf(ujet, 'call', 'getMany');
		const rating = fieldOf(list, 'ratingFrom');
		expect(write(rating, 5)).toBe(5);
		for (const wrong of [0, 6]) expect(() => write(rating, wrong)).toThrow();
		const durations = (list.optional?.fields ?? []).filter(({ name }) => /Duration(From|To)$/i.test(name));
		expect(durations.map(({ description }) => description)).toEqual(durations.map(() => 'In seconds'));
		expect(durations.length).toBeGreaterThan(0);
	});

	test('says of every bulk upload that it needs an API user', () => {
		const uploads = ['import', 'importFile', 'upload', 'uploadFile', 'replace', 'replaceFile'];
		for (const value of uploads) expect(operationOf(ujet, 'bulkUserJob', value).notice).toContain('company secret');
	});

	test.each(['chatCreated', 'chatFinished', 'chatFailed', 'chatUpdated', 'chatAssigned'])('%s filters by type and menu', (value) => {
		const names = (eventOf(ujet, value).fields ?? []).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['chatTypes', 'menuIds']));
	});

	test.each(['emailCreated', 'emailClosed', 'emailUpdated'])('%s filters by menu', (value) => {
		expect((eventOf(ujet, value).fields ?? []).map(({ name }) => name)).toContain('menuIds');
	});

	test('reads filters of updates by status', () => {
		expect(valuesOf(fieldOf(eventOf(ujet, 'chatUpdated'), 'chatStatuses'))).toContain('no_response');
		expect(valuesOf(fieldOf(eventOf(ujet, 'emailUpdated'), 'emailStatuses'))).toContain('reopened');
	});

	test('repeats what can be repeated, and the end user of a session once', () => {
		const retryOf = (resource: string, value: string) => operationOf(ujet, resource, value).retryClass;
		expect([retryOf('chat', 'resume'), retryOf('contactData', 'create'), retryOf('call', 'sendCustomData')]).toEqual(
			Array.from({ length: 3 }, () => 'idempotent'),
		);
		expect([retryOf('call', 'updateEndUser'), retryOf('call', 'createOutbound'), retryOf('sms', 'send')]).toEqual(
			Array.from({ length: 3 }, () => 'once'),
		);
	});

	test('watches any number of campaigns by the time of their last change', () => {
		const event = eventOf(ujet, 'campaignStatusChanged');
		const row = { id: 7, status: 'started', updated_at: '2026-03-02T10:00:00Z' };
		expect(event.kind === 'snapshot' && event.changedAt?.(row)).toBe(row.updated_at);
	});

	test('warns that a campaign is read whole on every poll', () => {
		expect(eventOf(ujet, 'campaignContactStatusChanged').description).toContain('every poll reads the whole campaign');
	});

	test('knows the rate of a tenant by its address, and takes the one of the credential first', () => {
		expect(ujet.documentedRate?.({ baseUrl: 'https://acme.ccaiplatform.com/admin' })).toBe(10);
		expect(ujet.documentedRate?.({ baseUrl: 'acme.ujet.co' })).toBe(1);
		expect(ujet.documentedRate?.({ baseUrl: 'https://ccaiplatform.com.example.org' })).toBe(1);
	});

	test('texts a customer once who is typed twice', () => {
		const field = fieldOf(operationOf(ujet, 'sms', 'sendSessionless'), 'toPhones');
		expect(write(field, '+14155550142, +1 (415) 555-0143, +1 415 555 0142')).toEqual(['+14155550142', '+14155550143']);
	});

	test('puts the whole job first, and what another operation does last', () => {
		const named = (resource: string) => ujet.resources.find(({ value }) => value === resource)?.operations ?? [];
		for (const resource of ['bulkUserJob', 'campaignContact', 'chatPhoto', 'chatVideo']) {
			expect(named(resource).filter(({ isWholeJob }) => isWholeJob)).toHaveLength(1);
		}
	});
});

describe('iAdvize', () => {
	test.each(['callPriority', 'chatPriority'])('takes 0 and 10 for %s, nothing between', (name) => {
		for (const value of ['create', 'update']) {
			const field = fieldOf(operationOf(iAdvize, 'operator', value), name);
			expect([write(field, 0), write(field, 10), write(field, '10')]).toEqual([0, 10, 10]);
			for (const wrong of [1, 5, 11, 'High']) expect(() => write(field, wrong)).toThrow();
		}
	});

	test('marks the indicators that no longer answer, and no others', () => {
		const marked = indicatorOptions.filter(({ name }) => name.includes('No Longer Available')).map(({ value }) => value);
		expect(marked.sort()).toEqual([
			'occupation_duration',
			'satisfaction_delay_rate',
			'satisfaction_global_rate',
			'satisfaction_resolution_rate',
			'satisfaction_respondent_number',
			'satisfaction_respondent_rate',
			'satisfaction_welcome_rate',
		]);
		const named = (value: string) => indicatorOptions.find((option) => option.value === value)?.name;
		expect(named('contact_simultaneous_number')).toBe('Contacts: Simultaneous Contacts');
		expect(named('occupation_duration')).toContain('Presence: Partial Occupation');
	});

	test('says the channels of each indicator and requires none', () => {
		expect(indicatorOptions.filter(({ description = '' }) => !/, for chat/.test(description))).toEqual([]);
		expect(fieldOf(operationOf(iAdvize, 'statistic', 'get'), 'indicators').required).not.toBe(true);
	});

	test('calls deprecated what the vendor does, with replacement and source', () => {
		const all = iAdvize.resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
		const deprecated = all.filter(({ operation }) => operation.deprecated !== undefined);
		expect([...new Set(deprecated.map(({ resource }) => resource.value))]).toEqual(['client', 'conversation', 'satisfaction', 'tag', 'website']);
		for (const { operation } of deprecated) {
			expect(operation.deprecated?.source).toMatch(/^docs\.iadvize\.dev\//);
			expect(describeOperation(operation)).toMatch(/deprecated by the vendor, which names .+ of its GraphQL API instead/);
		}
	});

	test('hints at groups and skills where operators are watched', () => {
		const { fields = [] } = eventOf(iAdvize, 'operatorAvailabilityChanged');
		const hints = fields.filter(({ name }) => /group|skill/i.test(name)).map(({ hint }) => hint);
		expect(hints).toHaveLength(2);
		expect(hints).toEqual(hints.map(() => expect.stringContaining('leaves those operators out') as string));
	});

	test('says what the end of a period means alone, and that long periods are read in parts', () => {
		const list = operationOf(iAdvize, 'conversation', 'getMany');
		expect(fieldOf(list, 'from').description).toContain('read in parts and joined');
		expect(fieldOf(list, 'to').description).toMatch(/alone|without/i);
	});

	test('keeps Raw History out of the filters from version 2 on', () => {
		const { fields = [], optional } = operationOf(iAdvize, 'conversation', 'getMany');
		expect(fields.map(({ name }) => name)).toContain('rawHistory');
		const inFilters = optional?.fields.find(({ name }) => name === 'rawHistory');
		expect(inFilters?.displayOptions?.show?.['@version']).toEqual([1]);
	});
});

describe('LiveAgent', () => {
	test('filters by every type of message and every service', () => {
		const types = valuesOf(fieldOf(eventOf(liveAgent, 'messageAdded'), 'messageTypes'));
		expect(types).toEqual(expect.arrayContaining(['A', 'B', 'G', 'H', 'M', 'N']));
		expect(valuesOf(fieldOf(eventOf(liveAgent, 'agentStatusChanged'), 'services'))).toContain('R');
	});

	test('says which fields of Register are not in the reference', () => {
		const register = operationOf(liveAgent, 'customer', 'register');
		for (const name of ['sendRegistrationMail', 'note', 'phone']) {
			const { description = '', hint = '' } = fieldOf(register, name);
			expect(`${description} ${hint}`).toContain('does not list this field');
		}
	});

	test('says who goes into From and who into Recipient of a new conversation', () => {
		const create = operationOf(liveAgent, 'conversation', 'create');
		for (const name of ['from', 'recipient']) expect(fieldOf(create, name).description).toMatch(/customer.*agent/is);
	});

	test.each(['slaCallsMissed', 'slaChatsMissed', 'slaTicketsMissed'])('%s says that it fires at the closing', (value) => {
		expect(eventOf(liveAgent, value).description).toContain('when the late record is closed');
	});

	test.each([
		['tag', 'create'],
		['customerGroup', 'create'],
	])('creates a %s only once', (resource, value) => {
		expect(operationOf(liveAgent, resource, value).retryClass).toBe('once');
	});
});

describe('ipSCAPE', () => {
	test('sends no status code that nobody typed', () => {
		for (const value of ['create', 'update']) {
			const field = fieldOf(operationOf(ipScape, 'lead', value), 'statusCode');
			expect(field.default).toBe('');
			expect(write(field, '')).toBeUndefined();
		}
	});

	test('offers events for a call that ended and a recording that can be fetched', () => {
		expect([eventOf(ipScape, 'callEnded').name, eventOf(ipScape, 'recordingReady').name]).toEqual(['Call Ended', 'Recording Ready']);
	});
});
