import type { IDataObject } from 'n8n-workflow';

import { credentialTimeZone, normaliseBaseUrl } from '../shared/input/values';
import type { Answer, VendorFailure } from '../shared/definition/answer';
import type { Vendor } from '../shared/definition/vendor';
import { version1, version3 } from './formats/apiVersions';
import { authenticate } from './formats/keyPlacement';
import { agent } from './resources/agent';
import { apiKey } from './resources/apiKey';
import { application } from './resources/application';
import { ban } from './resources/ban';
import { call } from './resources/call';
import { cannedMessage } from './resources/cannedMessage';
import { chat } from './resources/chat';
import { company } from './resources/company';
import { contact } from './resources/contact';
import { contactWidget } from './resources/contactWidget';
import { conversation } from './resources/conversation';
import { customButton } from './resources/customButton';
import { customer } from './resources/customer';
import { customerGroup } from './resources/customerGroup';
import { department } from './resources/department';
import { device } from './resources/device';
import { eventLog } from './resources/eventLog';
import { file } from './resources/file';
import { knowledgeBase } from './resources/knowledgeBase';
import { message } from './resources/message';
import { onlineStatus } from './resources/onlineStatus';
import { overview } from './resources/overview';
import { phoneNumber } from './resources/phoneNumber';
import { predefinedAnswer } from './resources/predefinedAnswer';
import { report } from './resources/report';
import { savedFilter } from './resources/savedFilter';
import { sla } from './resources/sla';
import { slack } from './resources/slack';
import { subscription } from './resources/subscription';
import { suggestion } from './resources/suggestion';
import { suggestionCategory } from './resources/suggestionCategory';
import { tag } from './resources/tag';
import { ticket } from './resources/ticket';
import { ticketHistory } from './resources/ticketHistory';
import { timeReport } from './resources/timeReport';
import { viberAccount } from './resources/viberAccount';
import { events } from './triggers';

/** LiveAgent, REST API versions 1 and 3. */
export const liveAgent: Vendor = {
	name: 'liveAgent',
	displayName: 'LiveAgent',
	credentialType: 'liveAgentApi',
	baseUrl,
	rateScope: 'credential',
	bodyFormat: 'form',
	listFormat: 'brackets',
	answerPath: 'response',
	paging: { kind: 'offset', offsetParameter: 'limitfrom', sizeParameter: 'limitcount', size: 1000 },
	classifyResponse,
	adviceByStatus: {
		400: 'LiveAgent could not check the API key. Check the key in the LiveAgent settings, or create a new one.',
		401: "LiveAgent does not know this API key. Check 'API Key' and 'Base Address' in the credential.",
		403: "This operation uses API version 1: it needs a key of version 1 in 'API Key', and a key of version 3 is refused. Check also whether the key allows the address of this n8n.",
		404: 'Check the identifier. IDs are safer than emails: some versions of LiveAgent cannot find emails with a plus sign.',
		429: 'LiveAgent allows 180 requests a minute for each key. Lower Requests per Second in the credential, or let fewer workflows run at once.',
		500: 'LiveAgent answers like this when a value is missing or cannot be used. Check the values of this item.',
		503: 'LiveAgent is being installed or upgraded. Try again later.',
	},
	apis: [version1, version3],
	authenticate,
	secretKeys: ['authtoken', 'public_access_urlcode', 'connection_pass', 'password'],
	timeZone: credentialTimeZone('America/Los_Angeles'),
	resources: [
		agent,
		apiKey,
		application,
		ban,
		call,
		cannedMessage,
		chat,
		company,
		contact,
		contactWidget,
		conversation,
		customButton,
		customer,
		customerGroup,
		department,
		device,
		eventLog,
		file,
		knowledgeBase,
		message,
		onlineStatus,
		overview,
		phoneNumber,
		predefinedAnswer,
		report,
		savedFilter,
		sla,
		slack,
		subscription,
		suggestion,
		suggestionCategory,
		tag,
		ticket,
		ticketHistory,
		timeReport,
		viberAccount,
	],
	events,
};

/** The address may be pasted from the agents' panel, which lies below /agent. */
function baseUrl(credentials: IDataObject): string {
	const address = String(credentials.baseUrl ?? '').replace(/(?<!\/)\/agent([/?#].*)?$/, '');
	return normaliseBaseUrl(address, { requiredSuffix: '/api' });
}

/**
 * `status: ERROR` is a failure whatever the HTTP status; any other status is data, for example the letter of a conversation.
 * HTTP 500 with it means a mistake of the caller as a rule, so it is not repeated.
 */
function classifyResponse(answer: Answer): VendorFailure | undefined {
	const { response } = ((typeof answer.body === 'object' ? answer.body : undefined) ?? {}) as {
		response?: IDataObject;
	};
	if (response?.status !== 'ERROR') return undefined;
	const code = Number(response.statuscode) || answer.status;
	const { errormessage } = response;
	const message = typeof errormessage === 'string' && errormessage !== '' ? errormessage : 'The request was refused';
	return { kind: code === 503 ? 'unavailable' : 'refused', message, ...(code >= 400 ? { code } : {}) };
}
