import { z } from 'zod';

import type { Account } from './account';
import { badRequest, found } from './problem';
import { readBody } from './read';

export interface ContactList {
	id: number;
	name: string;
	/** Global lists take entries, but cannot be changed or removed themselves. */
	global: boolean;
	contacts: Map<number, ListContact>;
}

export interface ListContact {
	id: number;
	contact_list_id: number;
	name: string;
	phone_number: string;
}

const listRequest = z.object({ name: z.string().min(1) }).passthrough();
const contactRequest = z.object({ name: z.string().min(1), phone_number: z.string().min(1) }).passthrough();

/** Directory lists that agents pick numbers from. */
export class ContactLists {
	private readonly lists = new Map<number, ContactList>();
	private nextList = 12;
	private nextContact = 340;

	constructor(private readonly account: Account) {}

	/** Adds a list without any check. */
	addList(name: string, global = false): ContactList {
		const list: ContactList = { id: this.nextList++, name, global, contacts: new Map() };
		this.lists.set(list.id, list);
		return list;
	}

	/** Adds an entry without any check. */
	addContact(list: ContactList, fields: { name: string; phone_number: string }): ListContact {
		const contact = { ...fields, id: this.nextContact++, contact_list_id: list.id };
		list.contacts.set(contact.id, contact);
		return contact;
	}

	/** All lists with their entries, as the queue settings export holds them. */
	all(): unknown[] {
		return [...this.lists.values()].map((list) => ({ ...show(list), contacts: [...list.contacts.values()] }));
	}

	/** POST /contact_lists. */
	create(body: unknown): unknown {
		const { name } = readBody(listRequest, body);
		const list = this.addList(name);
		this.account.carryOut('contactList.create', show(list));
		return show(list);
	}

	/** PATCH /contact_lists/{id}. */
	update(id: string, body: unknown): unknown {
		const list = this.custom(id);
		Object.assign(list, { name: readBody(listRequest.partial(), body).name ?? list.name });
		this.account.carryOut('contactList.update', show(list));
		return show(list);
	}

	/** DELETE /contact_lists/{id}. */
	remove(id: string): void {
		const list = this.custom(id);
		this.lists.delete(list.id);
		this.account.carryOut('contactList.delete', { id: list.id });
	}

	/** POST /contact_lists/{contact_list_id}/contacts. */
	createContact(listId: string, body: unknown): ListContact {
		const contact = this.addContact(this.list(listId), readBody(contactRequest, body));
		this.account.carryOut('contactListContact.create', contact);
		return contact;
	}

	/** PATCH /contact_lists/{contact_list_id}/contacts/{id}. */
	updateContact(listId: string, id: string, body: unknown): ListContact {
		const contact = found(this.list(listId).contacts.get(Number(id)));
		Object.assign(contact, readBody(contactRequest.partial(), body), {
			id: contact.id,
			contact_list_id: contact.contact_list_id,
		});
		this.account.carryOut('contactListContact.update', contact);
		return contact;
	}

	/** DELETE /contact_lists/{contact_list_id}/contacts/{id}. */
	removeContact(listId: string, id: string): void {
		const list = this.list(listId);
		found(list.contacts.get(Number(id)));
		list.contacts.delete(Number(id));
		this.account.carryOut('contactListContact.delete', { contact_list_id: list.id, id: Number(id) });
	}

	private list(id: string): ContactList {
		return found(this.lists.get(Number(id)));
	}

	private custom(id: string): ContactList {
		const list = this.list(id);
		if (list.global) throw badRequest('Global contact list cannot be changed');
		return list;
	}
}

function show({ id, name }: ContactList): { id: number; name: string } {
	return { id, name };
}
