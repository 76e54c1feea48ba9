import { parentPort, workerData } from 'node:worker_threads';
import { calculerRotation, type DemandeDeRotation } from '#lib/salles/rotation.ts';

/** Answers with the passages of the rotation it is started with, and ends. */
parentPort?.postMessage(calculerRotation(workerData as DemandeDeRotation));
