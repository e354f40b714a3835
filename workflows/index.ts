export { bulk } from './bulk/workflow.js';
export { migration } from './migration/workflow.js';
