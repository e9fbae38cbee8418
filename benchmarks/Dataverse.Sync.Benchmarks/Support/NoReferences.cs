using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Benchmarks.Support;

internal sealed class NoReferences : IReferenceTranslator
{
    public static NoReferences Instance { get; } = new();

    public Translation Translate(CompiledField field, FieldValue value, SyncSide target) => Translation.To(value);
}
