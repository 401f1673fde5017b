import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** The n8n contexts from which requests are sent. */
export type RequestContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;
