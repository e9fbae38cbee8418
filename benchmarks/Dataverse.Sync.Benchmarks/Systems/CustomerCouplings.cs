namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Couplings of the standard customer mapping with every field filled: lookups have another fingerprint on each side, all other fields the same.</summary>
internal static class CustomerCouplings
{
    private static readonly IFieldMapping[] Fields =
    [
        .. StandardMappings.Create().Single(mapping => mapping.Name == StandardMappingNames.Customer).Fields
            .Where(field => field is { IsEnabled: true, LocalField: not null, IntegrationField: not null }),
    ];

    private static readonly BaseShape Shape = new(Fields.Select(field => field.Key));

    /// <summary>Makes the coupling of a number.</summary>
    public static Coupling Make(int number) => new()
    {
        LocalId = NumberedId.Of(SyncSide.Local, number),
        IntegrationId = NumberedId.Of(SyncSide.Integration, number),
        Base = new(Shape, Fingerprints(number, SyncSide.Local), Fingerprints(number, SyncSide.Integration)),
        LocalVersion = Fingerprint.Of(FieldValue.Integer(number)),
        IntegrationVersion = Fingerprint.Of(FieldValue.Integer(-number)),
        SynchronizedOn = DateTimeOffset.UnixEpoch.AddYears(50),
    };

    private static ulong[] Fingerprints(int number, SyncSide side) =>
        [.. Fields.Select((field, place) => Fingerprint.Of(FieldValue.Text($"{number}/{place}/{(field.Lookup is null ? null : side)}")))];
}
