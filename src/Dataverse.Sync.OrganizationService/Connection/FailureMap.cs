using System.ServiceModel;
using System.ServiceModel.Security;
using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>What faults and exceptions of the service mean to the engine.</summary>
/// <remarks>
/// A fault is the service's own word: the request was refused, and its transaction rolled back. Anything else may come
/// after the work was done: a time limit, a broken connection, an error of the client, which under load has reported the
/// error of another call. The texts of faults may hold values, so they are not part of a failure.
/// </remarks>
internal sealed class FailureMap(string connector)
{
    private const int MaxDepth = 8;

    /// <summary>The failure of a call, what became of it, and the fault if the service answered with one.</summary>
    public (ConnectorException Failure, RequestFate Fate, OrganizationServiceFault? Fault) Of(Exception exception, string operation)
    {
        if (FaultIn(exception) is { } fault)
        {
            return (FailureOf(fault, operation), FateOf(fault), fault);
        }

        return exception switch
        {
            MessageSecurityException => (
                Failed(ConnectorFailure.Authentication, operation, "the credentials were refused", exception),
                RequestFate.NotPerformed,
                null),
            NotSupportedException or NotImplementedException => (
                Failed(ConnectorFailure.Refused, operation, "the service does not offer it", exception),
                RequestFate.NotPerformed,
                null),
            FaultException => (
                Failed(ConnectorFailure.ServiceFault, operation, "the service failed without a code", exception),
                RequestFate.Unknown,
                null),
            TimeoutException or OperationCanceledException => (
                Failed(ConnectorFailure.Unreachable, operation, "the answer took too long", exception),
                RequestFate.Unknown,
                null),
            _ => (
                Failed(ConnectorFailure.Unreachable, operation, $"the call failed ({exception.GetType().Name})", exception),
                RequestFate.Unknown,
                null),
        };
    }

    /// <summary>The failure that a fault means.</summary>
    public ConnectorException FailureOf(OrganizationServiceFault fault, string operation)
    {
        var code = Faults.CodeOf(fault);
        var text = Faults.TextOf(code);
        return new ConnectorException(connector, KindOf(code), $"{connector}: {operation}: the service refused it ({text ?? "no code"}).")
        {
            ErrorCode = text,
            RetryAfter = Faults.RetryAfterOf(fault),
            ContradictsSchema = ErrorCodes.ContradictsSchema(code),
        };
    }

    /// <summary>The failure of a call that was not made, because the client is not connected.</summary>
    public ConnectorException Unconnected(string operation) =>
        new(connector, ConnectorFailure.Unreachable, $"{connector}: {operation}: the client is not connected.");

    /// <summary>The failure of an answer that makes no sense.</summary>
    public ConnectorException Malformed(string operation, string problem) => new(
        connector, ConnectorFailure.MalformedAnswer, $"{connector}: {operation}: the answer is malformed. {problem}");

    private static ConnectorFailure KindOf(uint? code) =>
        ErrorCodes.IsTokenExpired(code) ? ConnectorFailure.Authentication
        : ErrorCodes.IsNotBegun(code) ? ConnectorFailure.Throttled
        : ErrorCodes.IsServiceFault(code) ? ConnectorFailure.ServiceFault
        : ErrorCodes.IsAccessDenied(code) ? ConnectorFailure.Authorization
        : ErrorCodes.IsMissing(code) ? ConnectorFailure.NotFound
        : ConnectorFailure.Refused;

    private static RequestFate FateOf(OrganizationServiceFault fault) =>
        ErrorCodes.IsServiceFault(Faults.CodeOf(fault)) ? RequestFate.Unknown : RequestFate.NotPerformed;

    // The client wraps a fault in exceptions of its own.
    private static OrganizationServiceFault? FaultIn(Exception? exception)
    {
        for (var depth = 0; exception is not null && depth < MaxDepth; depth++)
        {
            switch (exception)
            {
                case FaultException<OrganizationServiceFault> { Detail: { } detail }:
                    return detail;
                case FaultException<ExecuteTransactionFault> { Detail: { } detail }:
                    return detail;
            }

            exception = exception.InnerException;
        }

        return null;
    }

    private ConnectorException Failed(ConnectorFailure kind, string operation, string what, Exception exception) =>
        new(connector, kind, $"{connector}: {operation}: {what}.", IsPlain(exception) ? exception : null);

    // Only the runtime's own exceptions are passed on: their texts hold no values.
    private static bool IsPlain(Exception exception) =>
        exception is TimeoutException or OperationCanceledException or IOException or HttpRequestException
            || (exception is CommunicationException and not FaultException);
}
