export * from '@radloom/standard';
