namespace Dataverse.Sync.HttpHarness;

/// <summary>What a value of a field looks like to a user, and how far a copy of it may differ.</summary>
internal enum FieldForm
{
    Text,
    Number,
    Instant,
    Date,
    Flag,
    Choice,
}
