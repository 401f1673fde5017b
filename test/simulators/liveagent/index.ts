export * from './account';
export * from './demo';
export * from './records';
export * from './simulator';
