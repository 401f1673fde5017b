// The test harness, in one place to import from.
export * from './binary';
export * from './contract';
export * from './credentialTest';
export * from './credentials';
export * from './engine';
export * from './host';
export * from './instant';
export * from './listSearch';
export * from './output';
export * from './package';
export * from './poller';
export * from './recorder';
