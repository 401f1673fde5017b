import { sliceOf } from '../kit';
import { routedIdentifier } from './customers';
import { labelRoutes } from './labels';
import { notFound, refused } from './problem';
import type { Article, Department } from './records';
import { actingUser, allOf, type Call, type Context, type Route } from './routes';
import { plainText, slug } from './rows';
import { required, text, wholeValue, type Values } from './values';

/** Application status, agents, departments, tags, knowledge base, suggestions, live states and overviews. */
export function directoryRoutes(context: Context): Route[] {
	const { account, rows, habits } = context;
	return [
		{ method: 'GET', path: '/application/status', handle: () => applicationStatus },
		{
			method: 'GET',
			path: '/agents/{agentidentifier}',
			handle: ({ params }) => {
				const identifier = params.agentidentifier ?? '';
				const found = account.agent(routedIdentifier(identifier, habits.oldVersion));
				if (!found) throw notFound('Agent', identifier);
				return rows.agent(found);
			},
		},
		...departmentRoutes(context),
		...labelRoutes(context, {
			resource: 'tag',
			title: 'Tag',
			listKey: 'tags',
			path: '/tags',
			parameter: 'tagid',
			table: account.tags,
			add: (input) => account.addTag(input),
			remove: (id) => account.removeTag(id),
		}),
		{ method: 'GET', path: '/knowledgebase/articles', handle: ({ values }) => listArticles(context, values) },
		{ method: 'GET', path: '/knowledgebase/search', handle: ({ values }) => searchArticles(context, values) },
		...liveRoutes(context),
		{
			method: 'GET',
			path: '/suggestioncategories',
			handle: () => ({
				suggestioncategories: account.suggestionCategories.list().map(({ id, title, path }) => ({ id, title, path })),
			}),
		},
		{ method: 'POST', path: '/suggestions', handle: ({ values }) => createSuggestion(context, values) },
	];
}

const applicationStatus = {
	liveagentversion: '5.62.20.4',
	gpfversion: '1.9.3.2',
	dateinstalled: '2019-02-11 09:15:00',
	datelatestupdate: '2024-05-02 03:40:12',
};

function departmentRoutes({ account, rows }: Context): Route[] {
	const find = ({ params }: Call): Department => {
		const id = params.departmentid ?? '';
		const found = account.departments.get(id);
		if (!found) throw notFound('Department', id);
		return found;
	};
	return [
		{
			method: 'GET',
			path: '/departments',
			handle: () => ({ departments: account.departments.list().map((department) => rows.department(department)) }),
		},
		{ method: 'GET', path: '/departments/{departmentid}', handle: (call) => rows.department(find(call)) },
		{
			method: 'GET',
			path: '/departments/{departmentid}/agents',
			handle: (call) => {
				const { id } = find(call);
				const agents = account.agents.list().filter(({ departments }) => departments.includes(id));
				return {
					agents: agents.map((agent) => ({
						userid: agent.id,
						firstname: agent.firstName,
						lastname: agent.lastName,
						email: agent.email,
						onlinestatus: agent.online,
						presetstatus: agent.preset,
					})),
				};
			},
		},
	];
}

function liveRoutes({ account, rows }: Context): Route[] {
	const numbers = (figures: object): Record<string, unknown> =>
		Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rows.number(value as number)]));
	return [
		{
			method: 'GET',
			path: '/onlinestatus/agents',
			handle: () => ({
				agentsOnlineStates: account.agents.list().map((agent) => ({
					id: agent.id,
					contactid: agent.contactId,
					username: agent.email,
					firstname: agent.firstName,
					lastname: agent.lastName,
					avatar_url: 'themes/img/user05.png',
					presetStatus: agent.preset,
					onlineStatus: agent.online,
				})),
			}),
		},
		{
			method: 'GET',
			path: '/onlinestatus/departments',
			handle: () => {
				const counts = account.countsByDepartment();
				const max_count = Math.max(0, ...[...counts.values()].map(({ total_count }) => total_count));
				const states = account.departments.list().map((department) => ({
					id: department.id,
					name: department.name,
					onlineStatus: account.onlineOf(department),
					presetStatus: department.preset,
					...numbers({ ...counts.get(department.id), max_count }),
				}));
				return { departmentsOnlineStates: states };
			},
		},
		{ method: 'GET', path: '/chats/overview', handle: () => ({ chatsOverview: [numbers(account.chatsOverview())] }) },
		{ method: 'GET', path: '/calls/overview', handle: () => ({ callsOverview: [numbers(account.callsOverview())] }) },
	];
}

function listArticles({ account, rows }: Context, values: Values): Record<string, unknown> {
	const limit = wholeValue(values, 'limit', 10, 1, 500);
	const offset = wholeValue(values, 'offset', 0);
	const branch = text(values, 'tree_path');
	const parentId = text(values, 'parent_id');
	const id = text(values, 'article_id');
	const test = allOf<Article>(
		branch !== undefined && (({ treePath }) => treePath.startsWith(branch)),
		parentId !== undefined && ((article) => String(article.parentId) === parentId),
		id !== undefined && ((article) => String(article.id) === id),
	);
	const found = account.articles.list().filter(test);
	return { articles: sliceOf(found, offset, limit).rows.map((article) => rows.article(article)) };
}

function searchArticles({ account, rows }: Context, values: Values): Record<string, unknown> {
	const words = required(values, 'query').toLowerCase().split(/\s+/);
	const limit = wholeValue(values, 'limit', 10, 1);
	const top = text(values, 'top_article_id');
	const found = account.articles.list().filter((article) => {
		const searched = `${article.title} ${article.keywords} ${plainText(article)}`.toLowerCase();
		const below = top === undefined || article.treePath.split('|').includes(top);
		return below && words.every((word) => searched.includes(word));
	});
	return { articles: found.slice(0, limit).map((article) => rows.articleHit(article)) };
}

function createSuggestion(context: Context, values: Values): Record<string, unknown> {
	const { account, rows, carryOut } = context;
	required(values, 'useridentifier');
	const category = required(values, 'category');
	const subject = required(values, 'subject');
	const message = required(values, 'message');
	const known = account.suggestionCategories.list().find(({ id, urlCode }) => id === category || urlCode === category);
	if (!known) throw refused(`Category ${category} not found`);
	const suggestion = account.addSuggestion({
		userId: actingUser(account, values),
		categoryId: known.id,
		subject,
		message,
	});
	carryOut('suggestion.create', { id: suggestion.id, subject });
	const code = 856_324 + account.suggestions.size;
	return { ...rows.ok(), id: suggestion.id, url: `https://support.example.com/${code}-${slug(subject)}` };
}
