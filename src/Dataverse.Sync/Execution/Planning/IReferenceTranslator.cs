namespace Dataverse.Sync.Execution;

/// <summary>
/// Translates references through couplings that were read beforehand, so that planning needs no input or output.
/// </summary>
internal interface IReferenceTranslator
{
    Translation Translate(CompiledField field, FieldValue value, SyncSide target);
}
