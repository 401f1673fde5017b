import type { INodePropertyOptions } from 'n8n-workflow';

/** Words for the letters that LiveAgent writes. */
export type CodeLabels = Record<string, string>;

/** Status of a conversation; the reference does not list L. */
export const conversationStatuses: CodeLabels = {
	A: 'Answered',
	B: 'Spam',
	C: 'Open',
	I: 'Init',
	L: 'Closed',
	N: 'New',
	P: 'Calling',
	R: 'Resolved',
	T: 'Chatting',
	W: 'Postponed',
	X: 'Deleted',
};

/** Channel of a conversation, seen in public clients. */
export const channels: CodeLabels = {
	A: 'Facebook Message',
	B: 'Contact Button',
	C: 'Call',
	E: 'Email',
	F: 'Facebook',
	I: 'Invitation',
	M: 'Contact Form',
	Q: 'Forum',
	S: 'Suggestion',
	T: 'Twitter',
	W: 'Call Button',
};

/** Kind of a single message. */
export const messageTypes: CodeLabels = {
	A: 'Header',
	B: 'Split',
	C: 'Ranking Comment',
	D: 'Call',
	E: 'End',
	F: 'File',
	G: 'Tag',
	H: 'Header',
	I: 'Internal',
	J: 'Status',
	L: 'Note File',
	M: 'Message',
	N: 'Note',
	O: 'Footer',
	P: 'Ranking Rebuke',
	Q: 'Quoted Text',
	R: 'Transfer',
	S: 'System',
	T: 'Title',
	U: 'User Agent',
	V: 'Voice',
	W: 'Ranking Reward',
	X: 'Mixed Message',
	Z: 'Form Field',
};

/** Kind of a group of messages written together. */
export const messageGroupTypes: CodeLabels = {
	'1': 'Internal Call',
	A: 'Knowledge Base Start',
	C: 'Chat',
	F: 'Facebook',
	G: 'Tag',
	I: 'Internal',
	K: 'Knowledge Base',
	M: 'Offline',
	P: 'Call',
	R: 'Resolution',
	S: 'Start Information',
	T: 'Transfer',
	V: 'Outgoing Call',
	W: 'Twitter',
	X: 'Deletion',
	Y: 'Retweet',
	Z: 'Internal, Collapsed',
};

/** State of a group of messages. */
export const messageGroupStatuses: CodeLabels = { D: 'Deleted', P: 'Promoted', S: 'Split', V: 'Visible' };

export const genders: CodeLabels = { F: 'Female', M: 'Male', O: 'Other', X: 'Unspecified' };

export const agentRoles: CodeLabels = { A: 'Agent', D: 'Administrator', O: 'Owner' };

export const customerRoles: CodeLabels = { R: 'Registered Visitor', V: 'Visitor' };

export const rankingTypes: CodeLabels = { P: 'Rebuke', W: 'Reward' };

/** What an agent or department serves; several letters stand side by side. */
export const services: CodeLabels = { F: 'Offline', M: 'Messages', P: 'Phone', R: 'Read', T: 'Chat' };

/** Letters as options with words, in alphabetical order. */
export function codeOptions(table: CodeLabels, letters = Object.keys(table)): INodePropertyOptions[] {
	return letters
		.map((letter) => ({ name: table[letter], value: letter }))
		.sort((first, second) => first.name.localeCompare(second.name, 'en'));
}

/** Letters standing side by side, as words in alphabetical order; unknown letters stay letters. */
export function wordsOf(letters: string, table: CodeLabels): string[] {
	return [...letters].map((letter) => table[letter] ?? letter).sort();
}
