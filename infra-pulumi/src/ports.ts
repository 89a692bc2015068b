/** Where the server answers `/readyz`; only the load balancer's health checks come here. */
export const httpPort = 8081;

/** Valkey's, in the store that the program makes. */
export const storePort = 6379;
