namespace Dataverse.Sync.Testing.Emulation;

/// <summary>An organization without a protocol: what every protocol of the service works with.</summary>
internal sealed record DataverseBackend
{
    public required DataverseEmulatorOptions Options { get; init; }

    public required DataverseStore Store { get; init; }

    public required DataverseRowWriter Writer { get; init; }

    public required DeltaTokenExpiry Expiry { get; init; }

    public required DataverseWriteRules Rules { get; init; }

    public required DataverseSecurity Security { get; init; }

    public required RequestAdmission Admission { get; init; }

    /// <summary>The user that requests without another identity run as.</summary>
    public required Func<Guid> User { get; init; }
}
