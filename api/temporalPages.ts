/** Where a workflow is to be seen in Temporal's own pages; undefined where nobody has said where those are. */
export type TemporalPageOf = (workflowId: string) => string | undefined;

/** @param uiUrl `http://127.0.0.1:8233` */
export const temporalPages =
  (uiUrl: string | undefined, namespace: string): TemporalPageOf =>
  (workflowId) =>
    uiUrl && `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
