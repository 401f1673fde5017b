/** How a vendor cuts a list into pages. */
export type PagingStyle =
	| {
			/** Page numbers from 1; the answer says how many pages there are. Past the end the last page may be repeated. */
			kind: 'pages';
			pageParameter: string;
			sizeParameter: string;
			/** Rows asked for in a page. */
			size: number;
			/** Most rows the vendor gives in a page, used when one larger page reaches the limit. */
			maximumSize?: number;
			/** Dotted path of the number of pages. */
			pagesPath: string;
	  }
	| {
			/** Page numbers from 1; ends on a page with fewer rows than asked, or as the Link header says. */
			kind: 'page';
			pageParameter: string;
			sizeParameter: string;
			size: number;
			maximumSize?: number;
			/**
			 * Rows that the vendor gives in a page at the least when there are so many, where its largest page is not known:
			 * a page with fewer is the last one, and behind another short page one more is asked for.
			 */
			smallestMaximum?: number;
	  }
	| {
			/** Number of rows to skip; ends on a page with fewer rows than asked. */
			kind: 'offset';
			offsetParameter: string;
			sizeParameter: string;
			size: number;
			maximumSize?: number;
	  }
	| {
			/** The answer names the next page; the first request has no cursor. */
			kind: 'cursor';
			cursorParameter: string;
			/** Dotted path of the next cursor, or of a URI that holds it in its query. */
			nextPath?: string;
			/** Header, in lower case, that holds the next cursor. */
			nextHeader?: string;
			/** Where the vendor lets the rows of a page be chosen. */
			sizeParameter?: string;
			size?: number;
	  }
	| {
			/** The answer numbers itself and says how many rows it holds of how many it could; ends when it holds fewer. */
			kind: 'numbered';
			/** Sent from the second page on. */
			pageParameter: string;
			/** Dotted paths of the page number, the rows in this page and the rows a page can hold. */
			numberPath: string;
			countPath: string;
			sizePath: string;
	  };

/** Where a page begins: its number, the rows before it, or its cursor. Small JSON, so that reading can go on another time. */
export type PagePosition = number | string;
