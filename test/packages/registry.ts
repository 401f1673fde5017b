// A package registry of the test's own, as far as `npm view` and `npm publish` need one.
import Fastify, { type FastifyInstance } from 'fastify';

/** What npm sends when it publishes: the version's manifest, and the archive in base64. */
interface PublishBody {
	name: string;
	versions: Record<string, Record<string, unknown>>;
	_attachments: Record<string, { data: string }>;
}

/** A package as it was published. */
export interface Published {
	manifest: Record<string, unknown>;
	archive: Buffer;
}

/** Listens on the loopback address only. Keeps what is published in memory. */
export class TestRegistry {
	/** By `name@version`. */
	readonly published = new Map<string, Published>();
	private readonly server: FastifyInstance = Fastify({ bodyLimit: 100_000_000 });
	private origin = '';

	/** Arguments for npm: this registry, a token that it takes, and no provenance, which only a workflow on GitHub can make. */
	get npmArguments(): string[] {
		const host = this.origin.replace('http:', '');
		return [`--registry=${this.origin}/`, `--${host}/:_authToken=test`, '--provenance=false'];
	}

	async start(): Promise<void> {
		this.server.get<{ Params: { name: string } }>('/:name', async ({ params }, reply) => {
			const versions = this.versionsOf(params.name);
			const newest = Object.keys(versions).at(-1);
			if (newest === undefined) return await reply.status(404).send({ error: 'Not found' });
			return { name: params.name, 'dist-tags': { latest: newest }, versions };
		});
		this.server.put<{ Body: PublishBody }>('/:name', async ({ body }) => {
			const [[version, manifest]] = Object.entries(body.versions);
			const [attachment] = Object.values(body._attachments);
			this.published.set(`${body.name}@${version}`, { manifest, archive: Buffer.from(attachment.data, 'base64') });
			return { ok: true };
		});
		this.origin = await this.server.listen({ host: '127.0.0.1', port: 0 });
	}

	async stop(): Promise<void> {
		await this.server.close();
	}

	private versionsOf(name: string): Record<string, unknown> {
		const own = [...this.published].filter(([key]) => key.startsWith(`${name}@`));
		return Object.fromEntries(own.map(([key, { manifest }]) => [key.slice(name.length + 1), manifest]));
	}
}
