// What the contracts say of the sources of each path.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import type { Operation } from '../../nodes/shared/definition/operation';
import { REPOSITORY_FOLDER } from '../n8n/paths';

interface ContractOperation {
	'x-confidence'?: string;
	'x-evidence'?: string;
	'x-path-note'?: string;
	'x-path-evidence'?: string;
	'x-method-note'?: string;
	'x-source-url'?: string | string[];
	'x-alternatives'?: Array<{ method: string; path: string }>;
	'x-path-candidates'?: string[];
	'x-method-candidates'?: string[];
}

interface ContractFile {
	servers?: Array<{ url: string }>;
	paths: Record<string, Record<string, ContractOperation>>;
}

/** How sure a path is, and why. */
export interface Evidence {
	/** One word, such as high; empty where the contract does not say. */
	confidence: string;
	/** Where it is known from, and which other paths are candidates. */
	reason: string;
}

const folder = join(REPOSITORY_FOLDER, 'test/contracts');

/** Evidence by request, with and without the base path of the contract. */
export function readEvidence(): (operation: Operation) => Evidence | undefined {
	const known = new Map<string, Evidence>();
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
		const contract = parse(readFileSync(join(folder, file), 'utf8')) as ContractFile;
		const base = basePathOf(contract.servers?.[0]?.url ?? '');
		for (const [path, operations] of Object.entries(contract.paths)) {
			for (const [method, operation] of Object.entries(operations)) {
				const evidence = evidenceOf(operation);
				known.set(keyOf(method, base + path), evidence);
				if (!known.has(keyOf(method, path))) known.set(keyOf(method, path), evidence);
			}
		}
	}
	return ({ method, path }) => known.get(keyOf(method, path));
}

function evidenceOf(operation: ContractOperation): Evidence {
	const others = [
		...(operation['x-alternatives'] ?? []).map(({ method, path }) => `${method} ${path}`),
		...(operation['x-path-candidates'] ?? []).slice(1),
	];
	const reason = operation['x-evidence'] ?? operation['x-path-note'] ?? [operation['x-source-url'] ?? []].flat().join(', ');
	const methods = (operation['x-method-candidates'] ?? []).slice(1);
	const words = [
		...[reason, pathText(operation['x-path-evidence']), operation['x-method-note']].map(asSentence),
		candidatesText('Other candidates', others),
		candidatesText('Other methods', methods),
	].filter(Boolean).join(' ');
	return { confidence: operation['x-confidence'] ?? '', reason: inPlainWords(words) };
}

function asSentence(text = ''): string {
	return text === '' || /[.!?]$/.test(text) || text.startsWith('https://') ? text : `${text}.`;
}

function pathText(evidence: string | undefined): string | undefined {
	return evidence === undefined ? undefined : `Known from: ${evidence}`;
}

function candidatesText(title: string, candidates: string[]): string {
	return candidates.length === 0 ? '' : `${title}: ${candidates.map((candidate) => `\`${candidate}\``).join(', ')}.`;
}

/** The contracts call the vendor's own reference, of which no copy has addresses, the seed. */
function inPlainWords(text: string): string {
	return text
		.replace(/\bThe seed\b/g, "The vendor's reference")
		.replace(/\bthe seed\b/g, "the vendor's reference")
		.replace(/\bSeed\b/g, "The vendor's reference")
		.replace(/\bin the scrape\b/g, 'in the public copy');
}

function keyOf(method: string, path: string): string {
	return `${method.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '{}')}`;
}

/** Everything after the host. */
function basePathOf(url: string): string {
	return url.replace(/^(https?:\/\/[^/]+|\{[^/}]+\})/, '').replace(/\/$/, '');
}
