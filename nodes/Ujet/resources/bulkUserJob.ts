import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { inputFile, pathId } from '../../shared/editor/fields';
import { email, oneOrZero, integer, numericIdentifier, oneOf, text } from '../../shared/input/values';
import { appsApi, emailField, textField, waitLimit } from '../fields';
import { removalKeys, writeSwitches, withColumnName } from '../formats/userFile';
import { importUserFile, importUsers, uploadUserFile, uploadUsers } from '../jobs/userImport';

const path = `${appsApi}/bulk/users`;

const jobInPath = pathId('jobId', 'Job', 48210);

/** Job whose file is replaced. */
const jobInBody: Field = { ...jobInPath, send: { place: 'none', write: numericIdentifier } };

const fileOfUsers = inputFile('a JSON list of users in the form of Get Template');

/** What a user must have, in the vendor's order. */
const requiredUser: Field[] = [
	{
		...emailField,
		required: true,
		description: 'The user with this address is updated, or created if there is none',
		send: { place: 'body', name: 'email', write: email },
	},
	textField('firstName', 'First Name', 'first_name', {
		required: true,
		send: { place: 'body', name: 'first_name', write: text() },
	}),
	textField('lastName', 'Last Name', 'last_name', {
		required: true,
		send: { place: 'body', name: 'last_name', write: text() },
	}),
];

function names(name: string, displayName: string, vendorName: string, example: string, value: 0 | 1): Field {
	const what = value === 1 ? 'Assigned to the user' : 'Removed from the user';
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: `${what}: names separated by commas; others stay as they are`,
		send: { name: vendorName, write: writeSwitches(value) },
	};
}

const states = ['Active', 'Inactive'];

/** What else a user can have. */
const furtherUser: Field[] = [
	textField('agentNumber', 'Agent Number', 'agent_number', { placeholder: 'e.g. A-017' }),
	textField('location', 'Location', 'location', { description: 'Name of a location set up in UJET' }),
	{
		displayName: 'Max Chats',
		name: 'maxChats',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many chats the user can have at once; applies when Limit Chats is on',
		send: { name: 'max_chat_limit', write: integer({ minimum: 1 }) },
	},
	{
		displayName: 'Limit Chats',
		name: 'maxChatsEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether Max Chats applies to the user in place of the general limit',
		send: { name: 'max_chat_limit_enabled', write: oneOrZero },
	},
	{ ...emailField, displayName: 'New Email', name: 'newEmail', send: { name: 'new_email', write: email } },
	names('removedRoles', 'Remove Roles', removalKeys.roles, 'Manager', 0),
	names('removedTeams', 'Remove Teams', removalKeys.teams, 'Returns', 0),
	names('roles', 'Roles', 'roles', 'Agent, Manager', 1),
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		default: 'Active',
		options: states.map((name) => ({ name, value: name })),
		description: 'Whether the user can sign in',
		send: { name: 'status', write: oneOf(states) },
	},
	names('teams', 'Teams', 'teams', 'Billing, Orders', 1),
];

const apiUserNotice =
	'Bulk user jobs need the token of an API user as the password of the credential; UJET refuses a company secret here. An API user has all rights.';

const users: Pick<Operation, 'bodyFormat' | 'mapAutomatically' | 'optional'> = {
	bodyFormat: 'multipart',
	mapAutomatically: true,
	optional: { name: 'additionalFields', fields: furtherUser },
};

const upload: Operation = {
	...users,
	notice: apiUserNotice,
	value: 'upload',
	name: 'Upload Users',
	action: 'Upload users of bulk user job',
	description: 'Write all input items into one file and have UJET check it; no user is changed until Proceed',
	method: 'POST',
	path: `${path}/upload`,
	retryClass: 'once',
	fields: requiredUser,
	run: uploadUsers,
};

const uploadFile: Operation = {
	notice: apiUserNotice,
	value: 'uploadFile',
	name: 'Upload File',
	action: 'Upload file of bulk user job',
	description: 'Have UJET check a JSON file of users; no user is changed until Proceed',
	method: 'POST',
	path: `${path}/upload`,
	retryClass: 'once',
	bodyFormat: 'multipart',
	fields: [fileOfUsers],
	run: uploadUserFile,
};

const replace: Operation = {
	...users,
	notice: apiUserNotice,
	value: 'replace',
	name: 'Replace Users',
	action: 'Replace users of bulk user job',
	description: 'Replace the file of a job with one of all input items and have UJET check it again',
	method: 'PUT',
	path: `${path}/upload`,
	retryClass: 'idempotent',
	fields: [jobInBody, ...requiredUser],
	run: uploadUsers,
};

const replaceFile: Operation = {
	...uploadFile,
	value: 'replaceFile',
	name: 'Replace File',
	action: 'Replace file of bulk user job',
	description: 'Replace the file of a job with a corrected JSON file and have UJET check it again',
	method: 'PUT',
	retryClass: 'idempotent',
	fields: [jobInBody, fileOfUsers],
};

const proceed: Operation = {
	value: 'proceed',
	name: 'Proceed',
	action: 'Proceed with bulk user job',
	description: 'Start a job whose file passed the check (valid_scheme)',
	method: 'POST',
	path: `${path}/proceed`,
	retryClass: 'once',
	fields: [{ ...jobInPath, send: { place: 'body', name: 'id', write: numericIdentifier } }],
};

const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get bulk user job',
	description: 'Retrieve the progress of a job, with its errors',
	method: 'GET',
	path: `${path}/jobs/{jobId}`,
	retryClass: 'read',
	fields: [jobInPath],
};

function errorList(value: string, name: string, kind: 'scheme' | 'update', description: string): Operation {
	return {
		value,
		name,
		action: `${name} of bulk user job`.replace(/ (Scheme|Update) Errors/, (words) => words.toLowerCase()),
		description,
		method: 'GET',
		path: `${path}/errors/${kind}/{jobId}`,
		retryClass: 'read',
		answer: { kind: 'many' },
		paging: 'none',
		transform: withColumnName,
		fields: [jobInPath],
	};
}

const schemeErrors = errorList(
	'getSchemeErrors',
	'Get Scheme Errors',
	'scheme',
	'Retrieve the errors in the file of a job, row by row',
);

const updateErrors = errorList(
	'getUpdateErrors',
	'Get Update Errors',
	'update',
	'Retrieve the rows that UJET refused or warned about while changing the users',
);

const steps = { upload: uploadFile, replace: replaceFile, proceed, get, schemeErrors, updateErrors };

/** What an import sends beside its upload. */
const importCalls = [`POST ${proceed.path}`, `GET ${get.path}`, `GET ${schemeErrors.path}`, `GET ${updateErrors.path}`];

/** Jobs that create and change many users of the portal from a file. */
export const bulkUserJob: Resource = {
	value: 'bulkUserJob',
	name: 'Bulk User Job',
	description: 'Jobs that create and change many users from a file',
	operations: [
		{
			...upload,
			value: 'import',
			isWholeJob: true,
			name: 'Import Users',
			action: 'Import users with bulk user job',
			description: 'Create or change the users of all input items as one file and return the outcome of every item',
			alsoCalls: [...importCalls, `PUT ${replace.path}`],
			fields: [
				...requiredUser,
				{
					displayName: 'Leave Out Wrong Users',
					name: 'leaveOutWrong',
					type: 'boolean',
					default: false,
					description:
						'Whether to continue without the items that fail UJET\'s check; otherwise one invalid item prevents all changes',
					send: { place: 'none' },
				},
				waitLimit,
			],
			run: importUsers(steps),
		},
		{
			...uploadFile,
			value: 'importFile',
			name: 'Import File',
			action: 'Import file of bulk user job',
			description: 'Upload a JSON file of users, start the job when the file passes the check, wait for it to finish and return all errors',
			alsoCalls: importCalls,
			fields: [fileOfUsers, waitLimit],
			run: importUserFile(steps),
		},
		get,
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many bulk user jobs',
			description: 'Retrieve jobs, newest first',
			method: 'GET',
			path: `${path}/jobs`,
			retryClass: 'read',
			source: 'public-doc',
			answer: { kind: 'many' },
			paging: { kind: 'page', pageParameter: 'page', sizeParameter: 'per_page', size: 100 },
			simplify: [
				'id',
				'status',
				'filename',
				'created_at',
				'process_requested_at',
				'total_rows',
				'affected_rows',
				'failed_rows',
			],
		},
		schemeErrors,
		{
			value: 'getTemplate',
			name: 'Get Template',
			action: 'Get template of bulk user job',
			description: 'Retrieve sample rows of a user file, with every role and team of the tenant',
			method: 'GET',
			path: `${path}/template`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
			rowId: (row) => (row.email === undefined ? undefined : String(row.email)),
		},
		updateErrors,
		proceed,
		replaceFile,
		replace,
		uploadFile,
		upload,
	],
};
