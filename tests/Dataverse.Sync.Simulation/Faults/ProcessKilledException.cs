namespace Dataverse.Sync.Simulation;

/// <summary>Stands for the end of a process: whatever the engine still does on the way out reaches nothing.</summary>
internal sealed class ProcessKilledException() : Exception("The process was killed.");
