export * from './account';
export * from './demo';
export * from './rows';
export * from './simulator';
export { figures } from './statistics';
