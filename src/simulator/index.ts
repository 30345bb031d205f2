// The door of the simulator: a company whose truth is known, day by day.
export { OTHER_COUNTER_ZONE, type OtherCounterLine } from './other-counter.ts';
export { type CostLine, dayName, type SimulatedDay, Simulation, type SimulationOptions } from './simulate.ts';
export type { Truth } from './truth.ts';
export type { BrowserRequest, SimulatedEvent } from './visit.ts';
export { CAMPAIGNS, DAY_MS, HOST, PRICE_CHANGES, PRODUCTS, STOCK_OUTS } from './world.ts';
