namespace Dataverse.Sync;

/// <summary>Leaves a property out of a shape that takes all properties of its class.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SyncIgnoreAttribute : Attribute;
