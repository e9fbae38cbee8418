namespace Dataverse.Sync.KillTests;

/// <summary>What people create, edit, and delete.</summary>
internal enum RecordKind
{
    Customer,
    Vendor,
    Contact,
}
