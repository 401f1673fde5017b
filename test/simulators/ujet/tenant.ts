import type { SimulatorClock } from '../kit';
import { Account } from './account';
import { AgentDesk } from './agents';
import { BulkUsers } from './bulkUsers';
import { CallDesk } from './calls';
import { CampaignDesk } from './campaigns';
import { ChatDesk } from './chats';
import { ContactLists } from './contactLists';
import { Lists } from './lists';
import type { UjetSettings } from './options';
import { People } from './people';
import { QueueSettings } from './queueSettings';
import { EndUserUpdates } from './sessions';
import { Storage } from './storage';

/** One simulated tenant: its records and everything that can be done with them, without HTTP. */
export class Tenant {
	readonly account: Account;
	readonly agents: AgentDesk;
	readonly people: People;
	readonly calls: CallDesk;
	readonly campaigns: CampaignDesk;
	readonly storage: Storage;
	readonly chats: ChatDesk;
	readonly contactLists: ContactLists;
	readonly queueSettings: QueueSettings;
	readonly bulkUsers: BulkUsers;
	readonly endUserUpdates: EndUserUpdates;
	readonly lists: Lists;

	/** `origin` is asked when an address is written into an answer; `carryOut` notes writes. */
	constructor(
		clock: SimulatorClock,
		settings: UjetSettings,
		readonly origin: () => string,
		carryOut: (name: string, payload: unknown) => void,
	) {
		this.account = new Account(clock, settings, carryOut);
		this.agents = new AgentDesk(this.account);
		this.people = new People(this.account, this.agents);
		this.calls = new CallDesk(this.account, this.agents);
		this.campaigns = new CampaignDesk(this.account, this.calls);
		this.storage = new Storage(this.account, origin);
		this.chats = new ChatDesk(this.account, this.agents, this.storage);
		this.contactLists = new ContactLists(this.account);
		this.queueSettings = new QueueSettings(this.account, this.contactLists);
		this.bulkUsers = new BulkUsers(this.account, this.people);
		this.endUserUpdates = new EndUserUpdates(this.account);
		this.lists = new Lists(this.account);
	}
}
