import { z } from 'zod';

import { isUploadedFile } from '../kit';
import type { Account } from './account';
import type { ContactLists } from './contactLists';
import { badRequest, found } from './problem';
import { readBody, requiredFlag, text, whole, type Query } from './read';
import type { MenuSummary } from './rows';
import { unzipFirst, zipOf } from './zip';

interface Settings {
	queues: MenuSummary[];
	chat_shortcuts: unknown[];
	contact_lists: unknown[];
}

interface Version {
	id: number;
	revision: string;
	created_at: string;
	auto_saved: boolean;
	export_audio_files: boolean;
	export_attached_files: boolean;
	settings: Settings;
}

/** A file with its type. */
export interface SettingsFile {
	contentType: 'application/json' | 'application/zip';
	content: Buffer;
}

const snapshotRequest = z.object({ export_audio_files: z.boolean(), export_attached_files: z.boolean() });
const restoreRequest = z.object({ id: whole.optional(), email: text, revision: z.string().uuid().optional() });
const settingsFile = z.object({
	queues: z.array(
		z.object({
			id: whole,
			name: z.string(),
			position: whole,
			hidden: z.boolean(),
			deleted: z.boolean().default(false),
			output_msg: z.string().nullable().default(null),
		}),
	),
});

/** Export, import, versions and restoring of the queue configuration. */
export class QueueSettings {
	private readonly versions: Version[] = [];

	constructor(
		private readonly account: Account,
		private readonly contactLists: ContactLists,
	) {}

	/** GET /queues/export: JSON, or a ZIP archive when files are wanted. */
	export(query: Query): SettingsFile {
		const files = [requiredFlag(query, 'export_audio_files'), requiredFlag(query, 'export_attached_files')];
		return this.fileOf(this.current(), files.includes(true));
	}

	/** GET /queues/version_histories, newest first. */
	list(): unknown[] {
		return this.versions.map(show).reverse();
	}

	/** GET /queues/version_histories/{id}. */
	get(id: string): unknown {
		return show(this.version(Number(id)));
	}

	/** GET /queues/version_histories/{id}/download. */
	download(id: string): SettingsFile {
		const version = this.version(Number(id));
		return this.fileOf(version.settings, version.export_audio_files || version.export_attached_files);
	}

	/** POST /queues/version_histories. */
	save(body: unknown): unknown {
		const wanted = readBody(snapshotRequest, body);
		const version = this.add(wanted);
		this.account.carryOut('queueSettingsVersion.create', { id: version.id });
		return show(version);
	}

	/** Adds a version of the present settings. */
	add(wanted = { export_audio_files: false, export_attached_files: false }): Version {
		const { account } = this;
		const version: Version = {
			id: 77 + this.versions.length,
			revision: account.random.uuid(),
			created_at: account.time(),
			auto_saved: true,
			...wanted,
			settings: this.current(),
		};
		this.versions.push(version);
		return version;
	}

	/** POST /queues/import. */
	import(body: unknown): { message: string } {
		const { file, email } = (body ?? {}) as { file?: unknown; email?: unknown };
		if (!isUploadedFile(file)) throw badRequest('file is required');
		this.checkEmail(email);
		const settings = readSettings(file.content);
		this.apply(settings.queues);
		this.account.carryOut('queueSettings.import', { fileName: file.fileName, email });
		return { message: 'accepted' };
	}

	/** POST /queues/restore: the version with this id and revision, else the last one saved. */
	restore(body: unknown): { message: string } {
		const { id, email, revision } = readBody(restoreRequest, body);
		this.checkEmail(email);
		const fits = (version: Version): boolean =>
			(id === undefined || version.id === id) && (revision === undefined || version.revision === revision);
		const version = this.versions.filter(fits).at(-1);
		if (!version) throw badRequest('Version history is not found');
		this.apply(version.settings.queues);
		this.account.carryOut('queueSettings.restore', { id: version.id, email });
		return { message: 'accepted' };
	}

	private checkEmail(email: unknown): void {
		if (typeof email !== 'string' || email === '') throw badRequest('email is required');
		if (!this.account.agentByEmail(email)) throw badRequest('email is not found');
	}

	private version(id: number): Version {
		return found(this.versions.find((one) => one.id === id));
	}

	private current(): Settings {
		return {
			queues: this.account.menus.list().map(({ row }) => ({ ...row })),
			chat_shortcuts: [{ shortcut: '/hello', text: 'Hello, how can I help?' }],
			contact_lists: this.contactLists.all(),
		};
	}

	private apply(queues: Array<Omit<MenuSummary, 'parent_id' | 'menu_type'>>): void {
		for (const { id, name, position, hidden, deleted, output_msg } of queues) {
			const menu = this.account.menus.get(id);
			if (!menu) continue;
			Object.assign(menu.row, { name, position, hidden, deleted, output_msg });
			this.account.menus.update(id, {});
		}
	}

	private fileOf(settings: Settings, asZip: boolean): SettingsFile {
		const content = Buffer.from(JSON.stringify(settings));
		if (!asZip) return { contentType: 'application/json', content };
		return { contentType: 'application/zip', content: zipOf('queues.json', content) };
	}
}

function show({ settings: _settings, ...version }: Version): unknown {
	return version;
}

function readSettings(content: Buffer): z.infer<typeof settingsFile> {
	let parsed: unknown;
	try {
		parsed = JSON.parse((unzipFirst(content) ?? content).toString());
	} catch {
		throw badRequest('file is invalid');
	}
	return readBody(settingsFile, parsed);
}
