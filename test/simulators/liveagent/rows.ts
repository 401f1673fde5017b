import { createHash } from 'node:crypto';

import type { Account } from './account';
import type { Agent, Article, Conversation, Customer, CustomField, Department, Label, MessageGroup } from './records';

/** How the vendor writes a number that it may write as text. */
export type LooseNumber = (value: number) => string | number;

/** Login secret of an agent or customer; the same for the same id. */
function authToken(id: string): string {
	return createHash('md5').update(id).digest('hex');
}

/** Writes records as the vendor's answers show them. */
export class Rows {
	constructor(
		private readonly account: Account,
		/** Whole numbers, as text or number. */
		readonly number: LooseNumber,
	) {}

	/** Acknowledgement of a change. */
	ok(): Record<string, unknown> {
		return { status: 'OK', statuscode: this.number(0) };
	}

	agent(agent: Agent): Record<string, unknown> {
		return {
			contactid: agent.contactId,
			userid: agent.id,
			email: agent.email,
			firstname: agent.firstName,
			lastname: agent.lastName,
			systemname: agent.email,
			authtoken: authToken(agent.id),
			browsercookiename: 'A_auth',
			gender: agent.gender,
			role: agent.role,
		};
	}

	customerSummary(customer: Customer): Record<string, unknown> {
		return {
			contactid: customer.id,
			email: customer.email,
			firstname: customer.firstName,
			lastname: customer.lastName,
			systemname: customer.email,
			userid: customer.userId,
			datecreated: this.account.local.text(customer.created),
			role: customer.role,
			gender: customer.gender,
		};
	}

	customer(customer: Customer): Record<string, unknown> {
		return {
			...this.customerSummary(customer),
			authtoken: authToken(customer.id),
			browsercookiename: customer.role === 'R' ? 'V_auth' : 'LaVisitorId',
			customfields: fieldsOf(customer.customFields),
		};
	}

	conversationSummary(conversation: Conversation): Record<string, unknown> {
		const incoming = conversation.groups.filter((group) => isMessageGroup(group) && !this.isByAgent(group)).length;
		const outgoing = conversation.groups.filter((group) => isMessageGroup(group) && this.isByAgent(group)).length;
		return {
			...this.conversationHead(conversation),
			datedue: null,
			channel_type: conversation.channel,
			messagegroupsin: this.number(incoming),
			messagegroupsout: this.number(outgoing),
		};
	}

	conversation(conversation: Conversation): Record<string, unknown> {
		return {
			...this.conversationHead(conversation),
			ownernote: conversation.ownerNote || null,
			assignedto: conversation.agentId,
			customfields: fieldsOf(conversation.customFields),
		};
	}

	messageGroup(group: MessageGroup): Record<string, unknown> {
		const { local } = this.account;
		return {
			messagegroupid: group.id,
			userid: group.userId,
			rtype: group.type,
			rstatus: 'V',
			datecreated: local.text(group.created),
			datefinished: local.text(group.finished),
			messages: group.messages.map((message) => ({
				messageid: message.id,
				userid: message.userId,
				rtype: message.type,
				datecreated: local.text(message.created),
				message: message.text,
			})),
		};
	}

	label({ id, name, color, bgColor }: Label): Record<string, unknown> {
		return { id, name, color, bg_color: bgColor };
	}

	department(department: Department): Record<string, unknown> {
		return {
			departmentid: department.id,
			name: department.name,
			description: department.description,
			onlinestatus: this.account.onlineOf(department),
			presetstatus: department.preset,
			deleted: department.deleted ? 'Y' : 'N',
		};
	}

	/** Articles always have their numbers as text (vendor example). */
	article(article: Article): Record<string, unknown> {
		const { local } = this.account;
		return {
			kb_entry_id: String(article.id),
			parent_entry_id: article.parentId === 0 ? '' : String(article.parentId),
			rtype: 'A',
			rstatus: 'P',
			access: 'P',
			access_inherited: 'P',
			urlcode: article.urlCode,
			treepath: article.treePath,
			rorder: String(article.order),
			title: article.title,
			metadescription: '',
			keywords: article.keywords,
			content: article.content,
			conversationid: null,
			departmentid: article.departmentId || null,
			views: String(article.views),
			votes: String(article.votes),
			datecreated: local.text(article.created),
			datechanged: local.text(article.changed),
			deleted: 'N',
			description: '',
			url: urlOf(article),
		};
	}

	articleHit(article: Article): Record<string, unknown> {
		const plain = plainText(article);
		return {
			kb_entry_id: String(article.id),
			urlcode: article.urlCode,
			title: article.title,
			content_text: plain,
			content_simple_html: plain.slice(0, 200),
			treepath: article.treePath,
			rtype: 'A',
			rstatus: 'P',
			votesCount: String(article.votes),
			datechanged: this.account.local.text(article.changed),
			conversationid: null,
			url: urlOf(article),
		};
	}

	private conversationHead(conversation: Conversation): Record<string, unknown> {
		const { local, departments, customers } = this.account;
		const owner = customers.get(conversation.customerId);
		return {
			conversationid: conversation.id,
			code: conversation.code,
			datecreated: local.text(conversation.created),
			datechanged: local.text(conversation.changed),
			departmentname: departments.get(conversation.departmentId)?.name ?? '',
			departmentid: conversation.departmentId,
			status: conversation.status,
			ownername: owner ? `${owner.firstName} ${owner.lastName}`.trim() : '',
			owneremail: owner?.email ?? '',
			subject: conversation.subject,
			preview: conversation.preview,
			publicurlcode: conversation.publicCode,
		};
	}

	private isByAgent(group: MessageGroup): boolean {
		return this.account.agents.get(group.userId) !== undefined;
	}
}

/** Body of an article without its markup. */
export function plainText(article: Article): string {
	return article.content
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A copy, as the record may change before the answer is written. */
function fieldsOf(fields: CustomField[]): CustomField[] {
	return fields.map((field) => ({ ...field }));
}

function isMessageGroup(group: MessageGroup): boolean {
	return ['M', 'C', 'P'].includes(group.type);
}

function urlOf(article: Article): string {
	return `//support.example.com/${article.urlCode}-${slug(article.title)}`;
}

/** Title as it stands in public addresses. */
export function slug(title: string): string {
	return title.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
