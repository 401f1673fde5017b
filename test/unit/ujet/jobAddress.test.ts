import { errorText, jobAddress, jobNumber } from '../../../nodes/Ujet/formats/jobAddress';

test.each([
	[{ id: 7 }, {}, 7],
	[{ job_id: '8' }, {}, '8'],
	[{}, { 'x-job-id': '9' }, '9'],
	[undefined, { location: 'https://acme.ujet.co/apps/api/v1/outbound_dialer/campaigns/3/contacts/jobs/10' }, 10],
	[{ link: 'https://acme.ujet.co/apps/api/v1/bulk/users_jobs/11' }, {}, 11],
	[{ id: null }, {}, undefined],
	[[{ id: 7 }], {}, undefined],
	['taken', { location: 'https://acme.ujet.co/jobs/latest' }, undefined],
])('the job of the answer %j with the headers %j is %p', (body, headers, expected) => {
	expect(jobNumber(body, headers)).toBe(expected);
});

test('the address of a job is kept also where it ends in no number', () => {
	expect(jobAddress({ location: '/jobs/latest' })).toEqual({ job_url: '/jobs/latest' });
	expect(jobAddress({ location: '/jobs/12/?full=1' })).toEqual({ job_url: '/jobs/12/?full=1', job_id: 12 });
	expect(jobAddress({})).toEqual({});
});

test('an error is text, whatever its form', () => {
	expect(errorText('wrong')).toBe('wrong');
	expect(errorText({ phone: ['wrong'] })).toBe('{"phone":["wrong"]}');
});
