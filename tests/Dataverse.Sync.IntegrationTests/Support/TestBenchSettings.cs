using Dataverse.Sync.OrganizationService.Emulator;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>What a bench does differently from a right set-up.</summary>
internal sealed record TestBenchSettings
{
    public Uri? BusinessCentralAddress { get; init; }

    public Uri? DataverseAddress { get; init; }

    public string? Company { get; init; }

    /// <summary>Whether Dataverse is reached over the organization service instead of the Web API.</summary>
    public bool UsesOrganizationService { get; init; }

    /// <summary>The behavior of the organization service; null for the default one.</summary>
    public EmulatedServiceOptions? ServiceOptions { get; init; }

    /// <summary>A JSON document that makes the mappings; null for the standard mappings in code.</summary>
    public string? Json { get; init; }

    public string? StoreFile { get; init; }

    /// <summary>Changes the options of the engine; null for none.</summary>
    public Func<SyncEngineOptions, SyncEngineOptions>? Engine { get; init; }

    /// <summary>The side whose answers are changed on their way, by <see cref="Rewrite"/>.</summary>
    public SyncSide Rewritten { get; init; }

    public Func<string, string>? Rewrite { get; init; }

    /// <summary>The handlers of both sides, owned by the test; null where each side has its own.</summary>
    public IReadOnlyDictionary<SyncSide, HttpMessageHandler>? Handlers { get; init; }

    public HttpMessageHandler? HandlerOf(SyncSide side) => Handlers is not null ? Handlers[side] : Rewrite is { } rewrite && Rewritten == side ? new RewritingHandler(rewrite) : null;
}
