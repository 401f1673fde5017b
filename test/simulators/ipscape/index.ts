export * from './account';
export * from './codes';
export * from './demo';
export * from './paths';
export * from './rows';
export * from './simulator';
