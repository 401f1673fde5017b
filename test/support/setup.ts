// Runs before each engine and contract test file, before n8n-core is loaded.
import 'reflect-metadata';
