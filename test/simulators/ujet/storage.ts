import { randomBytes } from 'node:crypto';

import { isUploadedFile } from '../kit';
import type { Account } from './account';

/** Path of the storage service, which stands beside the vendor's APIs and checks a signature in place of credentials. */
export const storagePath = '/storage';
const validMs = 5 * 60 * 1000;

/** What an upload address accepts. */
export interface UploadRule {
	contentType: 'image/jpeg' | 'video/mp4';
	maxBytes: number;
	extension: string;
}

export const photoRule: UploadRule = { contentType: 'image/jpeg', maxBytes: 2 * 1024 * 1024, extension: 'jpg' };
export const videoRule: UploadRule = { contentType: 'video/mp4', maxBytes: 20 * 1024 * 1024, extension: 'mp4' };

export interface StoredObject {
	content: Buffer;
	contentType: string;
}

interface Grant {
	rule: UploadRule;
	signature: string;
	expiresAt: number;
}

/** A refusal of the storage service, in the form storage services write it. */
export class StorageProblem extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
	) {
		super(code);
	}
}

/** Storage for photos, videos and files, with pre-signed form posts. */
export class Storage {
	readonly objects = new Map<string, StoredObject>();
	private readonly grants = new Map<string, Grant>();

	constructor(
		private readonly account: Account,
		private readonly origin: () => string,
	) {}

	/** A form post for one file below `folder`, good for five minutes. */
	grant(folder: string, rule: UploadRule): { url: string; fields: Record<string, string> } {
		const key = `uploads/${folder}/${this.account.nextId()}.${rule.extension}`;
		const signature = randomBytes(16).toString('hex');
		const expiresAt = this.account.now() + validMs;
		this.grants.set(key, { rule, signature, expiresAt });
		const policy = Buffer.from(JSON.stringify({ expiration: this.account.time(expiresAt) })).toString('base64');
		const fields = { key, 'Content-Type': rule.contentType, policy, 'x-amz-signature': signature };
		return { url: `${this.origin()}${storagePath}/`, fields };
	}

	/** Address from which an object can be read. */
	urlOf(key: string): string {
		return `${this.origin()}${storagePath}/${key}`;
	}

	/** Takes a form post. */
	receive(form: unknown): void {
		const fields = (form ?? {}) as Record<string, unknown>;
		const key = typeof fields.key === 'string' ? fields.key : '';
		const grant = this.grants.get(key);
		if (!grant || fields['x-amz-signature'] !== grant.signature) throw new StorageProblem(403, 'SignatureDoesNotMatch');
		if (this.account.now() > grant.expiresAt) throw new StorageProblem(403, 'AccessDenied');
		if (!isUploadedFile(fields.file)) throw new StorageProblem(400, 'InvalidArgument');
		const { content, mimeType } = fields.file;
		const contentType = typeof fields['Content-Type'] === 'string' ? fields['Content-Type'] : mimeType;
		if (contentType !== grant.rule.contentType) throw new StorageProblem(403, 'AccessDenied');
		if (content.length > grant.rule.maxBytes) throw new StorageProblem(400, 'EntityTooLarge');
		// One file per address.
		this.grants.delete(key);
		this.objects.set(key, { content, contentType });
		this.account.carryOut('storage.upload', { key, bytes: content.length });
	}
}
