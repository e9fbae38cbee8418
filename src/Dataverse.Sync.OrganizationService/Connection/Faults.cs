using System.Globalization;
using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads what a fault of the service says.</summary>
internal static class Faults
{
    private const int MaxDepth = 8;

    /// <summary>The code; null where the fault has none.</summary>
    /// <remarks>A fault around another one may have no code of its own.</remarks>
    public static uint? CodeOf(OrganizationServiceFault? fault)
    {
        for (var depth = 0; fault is not null && depth < MaxDepth; depth++)
        {
            if (fault.ErrorCode != 0)
            {
                return unchecked((uint)fault.ErrorCode);
            }

            fault = fault.InnerFault;
        }

        return null;
    }

    /// <summary>The code as the Web API writes it; null where the fault has none.</summary>
    public static string? TextOf(uint? code) =>
        code is { } number ? string.Create(CultureInfo.InvariantCulture, $"0x{number:x8}") : null;

    /// <summary>The pause that the service asks for; null where it asks for none.</summary>
    public static TimeSpan? RetryAfterOf(OrganizationServiceFault fault) => DetailOf(fault, "Retry-After") switch
    {
        TimeSpan pause when pause >= TimeSpan.Zero => pause,
        int seconds and >= 0 => TimeSpan.FromSeconds(seconds),
        string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var pause) && pause >= TimeSpan.Zero => pause,
        _ => null,
    };

    /// <summary>Whether the service refuses a request for the number of its parts.</summary>
    public static bool IsTooLarge(OrganizationServiceFault? fault) =>
        fault is not null && DetailOf(fault, "MaxBatchSize") is not null;

    private static object? DetailOf(OrganizationServiceFault fault, string name) =>
        fault.ErrorDetails is { } details && details.TryGetValue(name, out var value) ? value : null;
}
