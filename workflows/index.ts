export { migration } from './migration/workflow.js';
