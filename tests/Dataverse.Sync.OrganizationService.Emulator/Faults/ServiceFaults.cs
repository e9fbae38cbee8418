using System.Globalization;
using System.ServiceModel;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The faults of the service, with the same codes as over the Web API.</summary>
internal static class ServiceFaults
{
    /// <summary>The detail that names the pause, as a <see cref="TimeSpan"/>.</summary>
    public const string RetryAfter = "Retry-After";

    private static readonly HashSet<int> Throttling = [-2147015902, -2147015903, -2147015898];

    public static OrganizationServiceFault Of(DataverseErrorException refusal) =>
        Fill(new OrganizationServiceFault(), refusal);

    /// <summary>The fault of a transaction, with the place of the request that failed.</summary>
    public static ExecuteTransactionFault Of(DataverseErrorException refusal, int index)
    {
        var fault = Fill(new ExecuteTransactionFault(), refusal);
        fault.FaultedRequestIndex = index;
        return fault;
    }

    public static FaultException<OrganizationServiceFault> ExceptionOf(OrganizationServiceFault fault) =>
        new(fault, new FaultReason(fault.Message));

    public static bool IsThrottled(OrganizationServiceFault fault) => Throttling.Contains(fault.ErrorCode);

    public static TimeSpan? RetryAfterOf(OrganizationServiceFault fault) =>
        fault.ErrorDetails.TryGetValue(RetryAfter, out var pause) ? pause as TimeSpan? : null;

    private static T Fill<T>(T fault, DataverseErrorException refusal)
        where T : OrganizationServiceFault
    {
        fault.ErrorCode = CodeOf(refusal.Code);
        fault.Message = refusal.Message;
        fault.Timestamp = DateTime.UtcNow;
        fault.ActivityId = Guid.NewGuid();
        fault.ErrorDetails = [];
        if (refusal.RetryAfter is { } seconds)
        {
            fault.ErrorDetails[RetryAfter] = TimeSpan.FromSeconds(seconds);
        }

        if (refusal is MessageRefusal { Details: { } details })
        {
            fault.ErrorDetails.AddRange(details);
        }

        return fault;
    }

    private static int CodeOf(string code)
    {
        const string Unexpected = "80040216";
        var digits = code.Length > 2 ? code[2..] : Unexpected;
        return unchecked((int)uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
