import { type RunningVendor, VENDORS, withSecret } from '../../scripts/n8n/vendors';
import { withAllVendors } from './allVendors';

describe('the credential test', () => {
	const vendors = withAllVendors();

	describe.each(VENDORS.map(({ name }) => name))('of %s', (name) => {
		const find = (): RunningVendor => vendors.running.find(({ vendor }) => vendor.name === name) as RunningVendor;

		it('accepts the right key', async () => {
			const { credential } = find();
			expect(await vendors.client.testCredential(credential)).toMatchObject({ status: 'OK' });
		});

		it('refuses a wrong key and does not repeat it in the message', async () => {
			const { credential, vendor } = find();
			const data = withSecret(vendor, credential.data, 'not-the-right-key');
			const result = await vendors.client.testCredential({ ...credential, data });
			expect(result.status).toBe('Error');
			expect(result.message).not.toContain('not-the-right-key');
		});

		it('fails when the vendor cannot be reached', async () => {
			const { credential, simulator } = find();
			const { port } = new URL(simulator.origin);
			await simulator.stop();
			try {
				expect(await vendors.client.testCredential(credential)).toMatchObject({ status: 'Error' });
			} finally {
				await simulator.start({ port: Number(port) });
			}
		});
	});

	it.each([
		['apiKey', 'apiKeyV3'],
		['apiKeyV3', 'apiKey'],
	])('explains a LiveAgent key of the other version in %s', async (field, other) => {
		const { credential } = vendors.running.find(({ vendor }) => vendor.name === 'LiveAgent') as RunningVendor;
		const data = { ...credential.data, [field]: credential.data[other], [other]: '' };
		const { status, message } = await vendors.client.testCredential({ ...credential, data });
		expect(status).toBe('Error');
		expect(message).toContain('a key of the other version is refused');
	});

	it.each([
		['apiKey', "'API Key' ("],
		['apiKeyV3', "'API Key (Version 3)' ("],
	])('tries each key of LiveAgent where there are two: %s wrong', async (field, named) => {
		const { credential } = vendors.running.find(({ vendor }) => vendor.name === 'LiveAgent') as RunningVendor;
		expect(credential.data).toMatchObject({ apiKey: expect.stringMatching(/./), apiKeyV3: expect.stringMatching(/./) });
		const result = await vendors.client.testCredential({ ...credential, data: { ...credential.data, [field]: 'not-the-right-key' } });
		expect(result).toEqual({ status: 'Error', message: expect.stringContaining(`LiveAgent refuses ${named}`) });
		expect(result.message).not.toContain('not-the-right-key');
	});
});
