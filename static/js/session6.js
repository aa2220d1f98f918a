// Session 6: how many votes are left, and the number under a slider.
import { bind } from "./behaviours/ballot.js";

bind(document);
