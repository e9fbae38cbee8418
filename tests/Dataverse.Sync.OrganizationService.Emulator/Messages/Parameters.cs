using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>
/// Reads the parameters of a request by name, as the service does: it does not know the type of the request.
/// </summary>
internal static class Parameters
{
    private static readonly string[] Optional =
    [
        "tag", "BypassBusinessLogicExecution", "BypassCustomPluginExecution", "BypassBusinessLogicExecutionStepIds",
        "SuppressCallbackRegistrationExpanderJob", "SuppressDuplicateDetection", "PartitionId", "SolutionUniqueName",
    ];

    /// <exception cref="DataverseErrorException">The parameter is missing.</exception>
    public static T Require<T>(this OrganizationRequest request, string name)
        where T : class =>
        request.Find<T>(name) ?? throw Refusals.Missing(name);

    /// <exception cref="DataverseErrorException">The parameter has another type.</exception>
    public static T? Find<T>(this OrganizationRequest request, string name)
        where T : class =>
        request.Parameters.TryGetValue(name, out object value) && value is not null
            ? value as T ?? throw DataverseErrors.InvalidArgument($"The parameter '{name}' has a wrong type.")
            : null;

    public static T ValueOf<T>(this OrganizationRequest request, string name)
        where T : struct =>
        request.Parameters.TryGetValue(name, out object value) && value is T found ? found : default;

    /// <exception cref="DataverseErrorException">The request has a parameter that the message does not know.</exception>
    public static void Allow(this OrganizationRequest request, params string[] names)
    {
        if (request.Parameters.Keys.FirstOrDefault(name => !names.Contains(name) && !Optional.Contains(name)) is { } unknown)
        {
            throw DataverseErrors.InvalidArgument($"Unrecognized request parameter: {unknown}.");
        }
    }
}
